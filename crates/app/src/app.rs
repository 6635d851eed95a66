//! The running product: its database, configuration and templates, shared by every request.

use std::{net::IpAddr, sync::Arc};

use store::Db;

use crate::{machine::Service, reading::Readings, register::key::Keyholder, shelf::Shelf};

/// How the product runs. Everything comes from flags or the environment.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address that links in mails begin with.
    pub public_url: String,
    /// Whether personas can be chosen and mails are shown instead of sent.
    pub demo: bool,
    /// The proxy whose `X-Forwarded-For` is believed.
    pub trusted_proxy: Option<IpAddr>,
    /// Where mails leave; `None` in the demonstration.
    pub smtp: Option<String>,
    /// The sender's address.
    pub mail_from: String,
}

/// The running product.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// How the product runs.
    pub config: Arc<Config>,
    /// The fonts of printed documents.
    pub fonts: outputs::pdf::Fonts,
    /// The releases that were read before.
    pub shelf: Arc<Shelf>,
    /// The texts that were read before.
    pub readings: Arc<Readings>,
    /// The translation service outside the house, where there is one.
    pub translation: Option<Arc<Service>>,
    /// The key that signs the register; without one, acts wait.
    pub signer: Option<Arc<Keyholder>>,
}

impl App {
    /// The product over a database, with nothing read before.
    pub fn new(db: Db, config: Config, fonts: outputs::pdf::Fonts) -> Self {
        Self {
            db,
            config: Arc::new(config),
            fonts,
            shelf: Arc::default(),
            readings: Arc::default(),
            translation: None,
            signer: None,
        }
    }

    /// The same product with the key that signs the register.
    #[must_use]
    pub fn signing(self, signer: Option<Keyholder>) -> Self {
        Self { signer: signer.map(Arc::new), ..self }
    }

    /// The same with a translation service.
    #[must_use]
    pub fn translating(mut self, service: Option<Service>) -> Self {
        self.translation = service.map(Arc::new);
        self
    }
}
