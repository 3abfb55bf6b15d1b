/** The floors of the frontend: lib, ui -> features -> app; no feature knows a sibling. */
const error = (rule) => ({ severity: "error", ...rule });

module.exports = {
  forbidden: [
    error({
      name: "no-sibling-features",
      from: { path: "^src/features/([^/]+)/" },
      to: { path: "^src/features/([^/]+)/", pathNot: "^src/features/$1/" },
    }),
    error({ name: "features-below-app", from: { path: "^src/(features|ui|lib)/" }, to: { path: "^src/app/" } }),
    error({ name: "ui-lib-below-features", from: { path: "^src/(ui|lib)/" }, to: { path: "^src/features/" } }),
    error({ name: "lib-below-ui", from: { path: "^src/lib/" }, to: { path: "^src/ui/" } }),
    error({
      name: "wails-only-in-api",
      from: { path: "^src/", pathNot: "^src/(features/[^/]+/api/|lib/)" },
      to: { path: "^wailsjs/" },
    }),
    error({
      name: "app-takes-feature-ts",
      from: { path: "^src/app/" },
      to: { path: "^src/features/", pathNot: "/feature\\.tsx?$" },
    }),
    error({ name: "no-mock-in-src", from: { path: "^src/" }, to: { path: "^dev/" } }),
    error({ name: "no-cycles", from: {}, to: { circular: true } }),
    error({ name: "no-unresolvable", from: {}, to: { couldNotResolve: true } }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "browser", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".css"],
    },
  },
};
