//! What a handler answers, and what it answers when it cannot.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use domain::Refusal;
use maud::Markup;

/// An answer.
#[derive(Debug)]
pub enum Reply {
    /// A page.
    Page(Markup),
    /// The same page again, with what was typed and what was wrong with it.
    Again(Markup),
    /// Elsewhere, after something was done.
    See(String),
    /// Bytes with a media type, and a file name when they are to be saved.
    Bytes {
        /// The media type.
        media: &'static str,
        /// The name to save it under.
        name: Option<String>,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// A JSON value.
    Json(serde_json::Value),
    /// An answer with headers of its own.
    Raw(Box<Response<Body>>),
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Fault {
    /// A rule said no, outside a form.
    Refused(Refusal),
    /// There is no such page or object, or the reader may not know that there is.
    Missing,
    /// The reader has to sign in first.
    SignIn,
    /// The reader may not do this.
    Forbidden,
    /// Something of ours is broken; the log has the rest.
    Broken(anyhow::Error),
}

/// What a handler returns.
pub type Outcome = Result<Reply, Fault>;

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(refusal) => Fault::Refused(refusal),
            store::Error::Missing => Fault::Missing,
            other => Fault::Broken(other.into()),
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(refusal)
    }
}

impl From<outputs::pdf::PdfError> for Fault {
    fn from(error: outputs::pdf::PdfError) -> Self {
        use outputs::pdf::PdfError;
        match error {
            PdfError::NotBuilt => Refusal::new("pdf-not-built").into(),
            PdfError::FontsMissing(langs) => {
                let names: Vec<&str> = langs.iter().map(|l| l.own_name()).collect();
                Refusal::new("pdf-fonts-missing").with("languages", names.join(", ")).into()
            }
            PdfError::NotForArchives(why) => {
                tracing::error!(why, "a print cannot be kept in the form for archives");
                Refusal::new("pdf-not-for-archives").into()
            }
            PdfError::Template(_) => Fault::Broken(error.into()),
        }
    }
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Self {
        Fault::Broken(error)
    }
}

impl Reply {
    /// The HTTP response.
    pub fn into_response(self) -> Response<Body> {
        let typed = |media: &'static str, body: Body| {
            let mut response = Response::new(body);
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
            response
        };
        match self {
            Reply::Page(page) => typed("text/html; charset=utf-8", page.into_string().into()),
            Reply::Again(page) => {
                let mut response = typed("text/html; charset=utf-8", page.into_string().into());
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                response
            }
            Reply::See(path) => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::SEE_OTHER;
                let to = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
                response.headers_mut().insert(header::LOCATION, to);
                response
            }
            Reply::Json(value) => typed("application/json", value.to_string().into()),
            Reply::Bytes { media, name, bytes } => {
                let mut response = typed(media, bytes.into());
                if let Some(name) = name
                    && let Ok(value) = HeaderValue::try_from(disposition(&name))
                {
                    response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
                }
                response
            }
            Reply::Raw(response) => *response,
        }
    }
}

/// RFC 6266: a plain name for old readers and the real one percent-encoded.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' })
        .collect();
    let real: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", real.replace('+', "%20"))
}
