//! The product in one process: [`TestApp`] answers requests of a [`Persona`] from a fresh database.
//!
//! ```ignore
//! let app = TestApp::new();
//! let page = app.as_(Persona::FocalA).get(&format!("/editions/{EDITION}/meetings"));
//! assert_eq!(page.status, 200);
//! assert!(page.text().contains("…"));
//! ```

mod database;
pub(crate) mod declaration;
pub(crate) mod fixture;
pub(crate) mod instrument;
pub(crate) mod negotiation;
pub(crate) mod register;
mod roster;
pub(crate) mod service;
pub(crate) mod sources;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, header},
};
use caravanserai::{
    app::{App, Config},
    machine::Service,
    register::key::Keyholder,
    web,
};
use domain::Lang;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// Whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Persona {
    /// Nobody in particular.
    Public,
    /// Runs the platform.
    Secretariat,
    /// The host city's office of the fixture's edition.
    Host,
    /// The contact of delegation A.
    FocalA,
    /// The contact of delegation B, which meets A.
    FocalB,
    /// The contact of delegation C, which must not know of that meeting.
    FocalC,
    /// A member of delegation A.
    DelegateA,
    /// Presides over the texts of the fixture's edition.
    Chair,
    /// Writes and compares its texts.
    Officer,
    /// Interprets in it.
    Interpreter,
    /// Signed in, with no part in the edition.
    Stranger,
}

impl Persona {
    /// Everyone, for tests that ask as each.
    pub(crate) const ALL: [Persona; 11] = [
        Persona::Public,
        Persona::Secretariat,
        Persona::Host,
        Persona::FocalA,
        Persona::FocalB,
        Persona::FocalC,
        Persona::DelegateA,
        Persona::Chair,
        Persona::Officer,
        Persona::Interpreter,
        Persona::Stranger,
    ];

    /// The secret in the browser's cookie.
    pub(crate) fn secret(self) -> String {
        format!("secret-of-{self:?}")
    }
}

/// The product over a database of its own.
pub(crate) struct TestApp {
    /// The running product: its database can be looked at and changed directly.
    pub(crate) app: App,
    router: Router,
    runtime: Runtime,
    // Dropped last: the folder or database goes when the test ends.
    database: Option<database::Fresh>,
}

impl TestApp {
    /// The product with the fixture's edition, in `serve` mode.
    pub(crate) fn new() -> Self {
        Self::started(false, None)
    }

    /// The same in `demo` mode: personas can be chosen.
    pub(crate) fn demo() -> Self {
        Self::started(true, None)
    }

    /// The product with a translation service.
    pub(crate) fn translating(service: Service) -> Self {
        Self::started(false, Some(service))
    }

    fn started(demo: bool, service: Option<Service>) -> Self {
        let (db, fresh) = database::fresh();
        Self::of(db, demo, Some(fresh), service)
    }

    /// The product over a database that is there already.
    pub(crate) fn over(db: store::Db) -> Self {
        Self::of(db, false, None, None)
    }

    fn of(
        db: store::Db,
        demo: bool,
        fresh: Option<database::Fresh>,
        service: Option<Service>,
    ) -> Self {
        let config = Config {
            public_url: "http://localhost".to_owned(),
            demo,
            trusted_proxy: None,
            smtp: None,
            mail_from: "caravanserai@localhost".to_owned(),
        };
        let signer = Keyholder::new(register::register_key());
        let app = App::new(db, config, outputs::pdf::Fonts::default())
            .signing(Some(signer))
            .translating(service);
        let router = web::serve::router(app.clone());
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { app, router, runtime, database: fresh }
    }

    /// The address of its database, for another process.
    pub(crate) fn address(&self) -> String {
        self.database.as_ref().map(database::Fresh::address).expect("a database of its own")
    }

    /// The product as a persona sees it.
    pub(crate) fn as_(&self, persona: Persona) -> Client<'_> {
        Client { app: self, persona, lang: Lang::En }
    }

    /// A page as the public sees it.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.as_(Persona::Public).get(path)
    }

    /// A form as the public sends it.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.as_(Persona::Public).post(path, fields)
    }

    /// Any request.
    pub(crate) fn send(&self, request: Request<Body>) -> Answer {
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let response = router.oneshot(request).await.expect("the router is infallible");
            let (head, body) = response.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.expect("a whole body");
            Answer { status: head.status.as_u16(), headers: head.headers, body: body.to_vec() }
        })
    }

    /// Reads the database.
    pub(crate) fn read<T>(&self, f: impl FnOnce(&mut store::Conn) -> store::Result<T>) -> T {
        self.app.db.read(f).expect("a readable database")
    }

    /// Changes the database.
    pub(crate) fn write<T>(&self, f: impl FnMut(&mut store::Conn) -> store::Result<T>) -> T {
        self.app.db.write(f).expect("a writable database")
    }
}

/// The product as one persona, in one language.
#[derive(Clone, Copy)]
pub(crate) struct Client<'a> {
    app: &'a TestApp,
    persona: Persona,
    lang: Lang,
}

impl Client<'_> {
    /// The same persona in another language; English otherwise.
    #[must_use]
    pub(crate) fn in_(self, lang: Lang) -> Self {
        Self { lang, ..self }
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut cookie = format!("lang={}", self.lang);
        if self.persona != Persona::Public {
            cookie = format!("{cookie}; {}={}", web::sign_in::COOKIE, self.persona.secret());
        }
        Request::builder().method(method).uri(path).header(header::COOKIE, cookie)
    }

    /// Asks for a page.
    pub(crate) fn get(&self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).body(Body::empty()).expect("a request");
        self.app.send(request)
    }

    /// Sends a form.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.finish()))
            .expect("a request");
        self.app.send(request)
    }

    /// Sends a form with a file, given as field, name and bytes.
    pub(crate) fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Answer {
        self.upload_all(path, fields, &[file])
    }

    /// Sends a form with several files.
    pub(crate) fn upload_all(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let edge = "a-line-that-no-file-holds";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("content-disposition: form-data; name=\"{name}\"");
            body.extend(format!("--{edge}\r\n{head}\r\n\r\n{value}\r\n").as_bytes());
        }
        for (field, name, bytes) in files {
            let head =
                format!("content-disposition: form-data; name=\"{field}\"; filename=\"{name}\"");
            body.extend(format!("--{edge}\r\n{head}\r\n\r\n").as_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{edge}--\r\n").as_bytes());
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={edge}"))
            .body(Body::from(body))
            .expect("a request");
        self.app.send(request)
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The bytes.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body as text; what is not UTF-8 shows as marks.
    pub(crate) fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// A header's value, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// Where it leads; fails when it leads nowhere.
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.text());
        self.header("location")
    }
}
