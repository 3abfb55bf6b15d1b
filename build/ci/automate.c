/* Wails has no switch for WebDriver: this library, preloaded in tests only, makes the one web view
   it creates an automated one. */
#include <webkit2/webkit2.h>

static WebKitWebView *the_view;

static WebKitWebView *on_create(WebKitAutomationSession *session, gpointer data) {
  (void)session;
  (void)data;
  return the_view;
}

static void on_started(WebKitWebContext *context, WebKitAutomationSession *session, gpointer data) {
  (void)context;
  (void)data;
  g_signal_connect(session, "create-web-view", G_CALLBACK(on_create), NULL);
}

GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager) {
  WebKitWebContext *context = webkit_web_context_get_default();
  webkit_web_context_set_automation_allowed(context, TRUE);
  g_signal_connect(context, "automation-started", G_CALLBACK(on_started), NULL);
  the_view = g_object_new(WEBKIT_TYPE_WEB_VIEW, "web-context", context, "user-content-manager", manager,
                          "is-controlled-by-automation", TRUE, NULL);
  return GTK_WIDGET(the_view);
}
