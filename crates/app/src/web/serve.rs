//! HTTP: one adaptor that turns a request into a [`Req`], passes the gate and runs the handler on a
//! blocking thread. Nothing else in the product is asynchronous.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, FromRequest, Multipart, RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
    middleware,
    routing::{MethodFilter, on},
};
use domain::{Lang, access::Actor};
use tower_http::compression::CompressionLayer;

use super::{
    api_answer,
    fields::{Fields, Upload},
    layout,
    limit::{self, Limit},
    observe,
    reply::{Fault, Reply},
    request::Req,
    route::{Gate, Route},
    sign_in,
};
use crate::{app::App, chance, i18n::Messages};

/// Largest form or workbook, in bytes.
pub const BODY_LIMIT: usize = 11 * 1024 * 1024;

/// The whole product as one service.
pub fn router(app: App) -> Router {
    observe::started();
    let limit = Arc::new(Limit::default());
    // Alive is answered without the database, which another process may bring back.
    let mut router = Router::new().route("/healthz", axum::routing::get(async || "alive\n"));
    for route in super::routes() {
        let (route, limit) = (Arc::new(route), Arc::clone(&limit));
        let filter =
            if route.method == Method::POST { MethodFilter::POST } else { MethodFilter::GET };
        let path = route.path;
        let handler = move |State(app): State<App>, params: RawPathParams, request: Request| {
            answer(app, route, limit, params, request)
        };
        router = router.route(path, on(filter, handler));
    }
    router
        .fallback(
            |State(app): State<App>, request: Request| async move { missing(app, request).await },
        )
        // `body` counts for itself, so that a refusal is a page in the reader's language.
        .layer(DefaultBodyLimit::disable())
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(observe::observe))
        .with_state(app)
}

async fn missing(app: App, request: Request) -> Response<Body> {
    let head = Head::of(&request);
    let path = request.uri().path().to_owned();
    let blocking = tokio::task::spawn_blocking(move || {
        let req = head.request(app, BTreeMap::new(), Fields::default(), Vec::new());
        secured(told(&path, req.as_ref().ok(), Fault::Missing))
    });
    blocking.await.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR))
}

async fn answer(
    app: App,
    route: Arc<Route>,
    limit: Arc<Limit>,
    params: RawPathParams,
    request: Request,
) -> Response<Body> {
    let head = Head::of(&request);
    if route.method == Method::POST && !head.same_origin() {
        return plain(StatusCode::FORBIDDEN);
    }
    if limit::counts(&route)
        && let Some(client) = limit::client(&request, app.config.trusted_proxy)
        && !limit.admits(client, chance::now())
    {
        return refused(app, head, StatusCode::TOO_MANY_REQUESTS).await;
    }
    let params = params.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let (form, files) = match body(request).await {
        Ok(body) => body,
        Err(status) => return refused(app, head, status).await,
    };
    let span = tracing::Span::current();
    let run = move || span.in_scope(|| run(app, &route, head, params, form, files));
    match tokio::task::spawn_blocking(run).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a handler ended without an answer");
            plain(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// The page that says why a request was not even read.
async fn refused(app: App, head: Head, status: StatusCode) -> Response<Body> {
    let refusal = match status {
        StatusCode::PAYLOAD_TOO_LARGE => {
            domain::Refusal::new("body-too-large").with("most", BODY_LIMIT / 1024 / 1024)
        }
        StatusCode::TOO_MANY_REQUESTS => {
            domain::Refusal::new("too-many-tries").with("minutes", limit::MINUTES)
        }
        _ => domain::Refusal::new("body-unreadable"),
    };
    let blocking = tokio::task::spawn_blocking(move || {
        let req = head.request(app, BTreeMap::new(), Fields::default(), Vec::new());
        let mut response = failure(req.as_ref().ok(), Fault::Refused(refusal));
        *response.status_mut() = status;
        secured(response)
    });
    blocking.await.unwrap_or_else(|_| plain(status))
}

fn run(
    app: App,
    route: &Route,
    head: Head,
    params: BTreeMap<String, String>,
    form: Fields,
    files: Vec<Upload>,
) -> Response<Body> {
    let demo = app.config.demo;
    let req = match head.request(app, params, form, files) {
        Ok(req) => req,
        Err(fault) => return secured(told(route.path, None, fault)),
    };
    let unknown_edition = route.path.contains("{edition}") && req.edition.is_none();
    let outcome = if unknown_edition || (route.gate == Gate::Demo && !demo) {
        Err(Fault::Missing)
    } else if route.gate.lets(&req.actor, req.place()) {
        (route.handler)(&req)
    } else if req.account.is_none() {
        Err(Fault::SignIn)
    } else {
        Err(Fault::Forbidden)
    };
    let mut response = match outcome {
        Ok(reply) => reply.into_response(),
        Err(fault) => told(route.path, Some(&req), fault),
    };
    sign_in::remember_language(&req, &mut response);
    secured(response)
}

/// A fault in the words of who asked: a program or a person.
fn told(path: &str, req: Option<&Req>, fault: Fault) -> Response<Body> {
    let t = req.map_or(Messages::of(Lang::En), |r| r.t);
    let problem = if path.starts_with("/api/") { api_answer::problem(t, &fault) } else { None };
    problem.unwrap_or_else(|| failure(req, fault))
}

/// The response to a fault: a page that says what to do.
fn failure(req: Option<&Req>, fault: Fault) -> Response<Body> {
    let (status, key, refusal) = match fault {
        Fault::SignIn => {
            let back = req.map_or("/", |r| r.path.as_str());
            let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
            return Reply::See(format!("/sign-in?back={back}")).into_response();
        }
        Fault::Refused(refusal) => (StatusCode::CONFLICT, "fault-refused", Some(refusal)),
        Fault::Missing => (StatusCode::NOT_FOUND, "fault-missing", None),
        Fault::Forbidden => (StatusCode::FORBIDDEN, "fault-forbidden", None),
        Fault::Broken(error) => {
            tracing::error!(error = format!("{error:#}"), "a request failed");
            (StatusCode::INTERNAL_SERVER_ERROR, "fault-broken", None)
        }
    };
    let Some(req) = req else { return plain(status) };
    let mut response = Reply::Page(layout::fault(req, key, refusal.as_ref())).into_response();
    *response.status_mut() = status;
    response
}

fn plain(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::from(status.to_string()));
    *response.status_mut() = status;
    response
}

fn secured(mut response: Response<Body>) -> Response<Body> {
    let policy = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
                  object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let private = HeaderValue::from_static("no-store");
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(private);
    response
}

async fn body(request: Request) -> Result<(Fields, Vec<Upload>), StatusCode> {
    let (head, body) = request.into_parts();
    let bytes =
        axum::body::to_bytes(body, BODY_LIMIT).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let media = head.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    if media.is_some_and(|m| m.starts_with("multipart/form-data")) {
        return multipart(Request::from_parts(head, bytes.into())).await;
    }
    Ok((Fields::parse(&bytes), Vec::new()))
}

async fn multipart(request: Request) -> Result<(Fields, Vec<Upload>), StatusCode> {
    let unreadable = |_| StatusCode::BAD_REQUEST;
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|_| StatusCode::BAD_REQUEST)?;
    let (mut form, mut files) = (Fields::default(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(unreadable)?;
        match name {
            Some(name) => files.push(Upload { field, name, bytes: bytes.to_vec() }),
            None => form.0.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok((form, files))
}

/// What a request says of itself before its body is read.
struct Head {
    path: String,
    query: Fields,
    headers: HeaderMap,
}

impl Head {
    fn of(request: &Request) -> Self {
        let query = Fields::parse(request.uri().query().unwrap_or_default().as_bytes());
        Self { path: request.uri().path().to_owned(), query, headers: request.headers().clone() }
    }

    fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }

    fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.header(header::COOKIE)?.split(';');
        cookies.filter_map(|c| c.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// Whether a form came from one of our own pages (the browser says so; a program without a
    /// browser has no cookie to misuse).
    fn same_origin(&self) -> bool {
        if let Some(site) = self.headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()) {
            return matches!(site, "same-origin" | "none");
        }
        let host = self.header(header::HOST).unwrap_or_default();
        self.header(header::ORIGIN)
            .is_none_or(|o| o.split_once("://").is_some_and(|(_, h)| h == host))
    }

    fn language(&self, account: Option<Lang>) -> Lang {
        let chosen = Some(self.query.get("lang")).filter(|l| !l.is_empty()).or(self.cookie("lang"));
        if let Some(lang) = chosen.and_then(|l| l.parse().ok()) {
            return lang;
        }
        let mut accepted = self.header(header::ACCEPT_LANGUAGE).unwrap_or_default().split(',');
        account.or_else(|| accepted.find_map(|l| l.trim().parse().ok())).unwrap_or(Lang::Zh)
    }

    fn request(
        self,
        app: App,
        params: BTreeMap<String, String>,
        form: Fields,
        files: Vec<Upload>,
    ) -> Result<Req, Fault> {
        let now = chance::now();
        let login = self.cookie(sign_in::COOKIE).map(str::to_owned);
        let edition =
            params.get("edition").map(|e| e.parse().map_err(|_| Fault::Missing)).transpose()?;
        let (account, grants, edition) = app.db.read(|c| {
            let account = match &login {
                Some(secret) => store::person::signed_in(c, &chance::hash(secret), now)?,
                None => None,
            };
            let grants = match &account {
                Some(account) => store::person::grants(c, account.value.id)?,
                None => Vec::new(),
            };
            let edition = match edition {
                Some(id) => store::edition::get(c, id)?,
                None => None,
            };
            Ok((account.map(|a| a.value), grants, edition))
        })?;
        let grants = grants.into_iter().filter(|g| g.counts(now)).collect();
        let actor = Actor { person: account.as_ref().map(|a| a.id), grants };
        let lang = self.language(account.as_ref().map(|a| a.lang));
        let if_none_match = self.header(header::IF_NONE_MATCH).unwrap_or_default().to_owned();
        let Head { path, query, .. } = self;
        let t = Messages::of(lang);
        Ok(Req {
            app,
            now,
            path,
            params,
            query,
            form,
            files,
            t,
            account,
            actor,
            edition,
            login,
            if_none_match,
        })
    }
}
