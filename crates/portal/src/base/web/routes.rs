use super::guard::{Access, Gate, guard};
use crate::{app::App, base::telemetry::Timed};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodFilter, MethodRouter, on},
};
use std::sync::Arc;
use tower::ServiceBuilder;
use utoipa::openapi::{HttpMethod, OpenApi, PathItem};
use utoipa_axum::router::UtoipaMethodRouter;

/// A body is never larger than this unless the route says so.
const BODY_LIMIT: usize = 64 * 1024;

/// One route, as the test that tries every route with everybody sees it.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// The method.
    pub method: Method,
    /// The path with its parameters, `/workspaces/{workspace}/devices`.
    pub path: String,
    /// Who may use it.
    pub access: Access,
}

/// The router as it is built: axum's, the list of routes, and the API's document.
pub struct Routes {
    app: App,
    router: Router<App>,
    list: Vec<RouteInfo>,
    openapi: OpenApi,
}

impl Routes {
    /// None yet.
    #[must_use]
    pub fn new(app: App, openapi: OpenApi) -> Self {
        Self {
            app,
            router: Router::new(),
            list: Vec::new(),
            openapi,
        }
    }

    /// A page, form or other route that is not part of the API.
    #[must_use]
    pub fn page<H, T>(self, method: Method, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let Ok(filter) = MethodFilter::try_from(method.clone()) else {
            return self;
        };
        self.add(method, path, access, on(filter, handler))
    }

    /// `GET` of a page.
    #[must_use]
    pub fn get<H, T>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.page(Method::GET, path, access, handler)
    }

    /// `POST` of a form.
    #[must_use]
    pub fn post<H, T>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.page(Method::POST, path, access, handler)
    }

    /// A call of the API, from `routes!(handler)`: method, path and documentation are the handler's own.
    #[must_use]
    pub fn api(mut self, access: Access, (schemas, paths, router): UtoipaMethodRouter<App>) -> Self {
        self.openapi
            .components
            .get_or_insert_default()
            .schemas
            .extend(schemas);
        let Some((path, item)) = paths.paths.into_iter().next() else {
            return self;
        };
        let methods = methods(&item);
        self.openapi.paths.add_path_operations_of(&path, item);
        let mut router = Some(router);
        for (at, method) in methods.into_iter().enumerate() {
            if at == 0 {
                if let Some(router) = router.take() {
                    self = self.add(method, &path, access, router);
                }
            } else {
                self.list.push(RouteInfo {
                    method,
                    path: path.clone(),
                    access,
                });
            }
        }
        self
    }

    /// Routes under a router of somebody else's making (assets); only for what anybody may read.
    #[must_use]
    pub fn assets(mut self, router: Router<App>) -> Self {
        self.router = self.router.merge(router);
        self
    }

    fn add(mut self, method: Method, path: &str, access: Access, router: MethodRouter<App>) -> Self {
        let gate = Arc::new(Gate {
            app: self.app.clone(),
            access,
            times: Timed::new(path),
        });
        // One layer of two, the gate outermost: each `layer` of its own is a box more for every request.
        let checked = router.layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(gate, guard))
                .layer(DefaultBodyLimit::max(BODY_LIMIT)),
        );
        self.router = self.router.route(path, checked);
        self.list.push(RouteInfo {
            method,
            path: path.to_owned(),
            access,
        });
        self
    }

    /// The finished parts.
    pub fn build(self) -> (Router<App>, Vec<RouteInfo>, OpenApi) {
        (self.router, self.list, self.openapi)
    }
}

trait AddPath {
    fn add_path_operations_of(&mut self, path: &str, item: PathItem);
}

impl AddPath for utoipa::openapi::Paths {
    fn add_path_operations_of(&mut self, path: &str, item: PathItem) {
        match self.paths.get_mut(path) {
            Some(known) => known.merge_operations(item),
            None => {
                self.paths.insert(path.to_owned(), item);
            }
        }
    }
}

fn methods(item: &PathItem) -> Vec<Method> {
    [
        (HttpMethod::Get, item.get.is_some(), Method::GET),
        (HttpMethod::Post, item.post.is_some(), Method::POST),
        (HttpMethod::Put, item.put.is_some(), Method::PUT),
        (HttpMethod::Patch, item.patch.is_some(), Method::PATCH),
        (HttpMethod::Delete, item.delete.is_some(), Method::DELETE),
    ]
    .into_iter()
    .filter_map(|(_, there, method)| there.then_some(method))
    .collect()
}
