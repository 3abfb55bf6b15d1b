import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import type { Feature } from "@/lib/feature";
import { NotFound } from "./not-found";
import { PageError } from "./page-error";
import { Shell } from "./shell/shell";

/** The pages of all features under the one window; addresses live behind the #, as the desktop scheme needs. */
export function createAppRouter(features: readonly Feature[]) {
  const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
  const home = createRoute({
    getParentRoute: () => root,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: "/today" });
    },
  });
  const pages = features.flatMap((feature) =>
    feature.routes.map((route) =>
      createRoute({
        getParentRoute: () => root,
        path: route.path,
        component: lazyRouteComponent(route.load, "Page"),
        validateSearch: route.search,
      }),
    ),
  );
  return createRouter({
    routeTree: root.addChildren([home, ...pages]),
    history: createHashHistory(),
    defaultPreload: false,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
  });
}
