//! A register over https: the host shows a certificate of an authority that is known here.
//!
//! Known are those that browsers know, and those of the file that `SSL_CERT_FILE` names: the authority of a
//! country or of a city's own network.

use std::{
    io::{ErrorKind, Read},
    net::TcpStream,
    sync::Arc,
};

use anyhow::Context as _;
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};

/// An encrypted connection.
type Secured = StreamOwned<ClientConnection, TcpStream>;

/// Encrypts a connection with a host of this name.
pub(super) fn over(socket: TcpStream, name: &str) -> anyhow::Result<Secured> {
    let name = ServerName::try_from(name.to_owned()).context("the address names no host")?;
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(known()?)
        .with_no_client_auth();
    Ok(StreamOwned::new(ClientConnection::new(Arc::new(config), name)?, socket))
}

/// The authorities that are believed.
fn known() -> anyhow::Result<RootCertStore> {
    let mut all: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    if let Some(file) = std::env::var_os("SSL_CERT_FILE") {
        let shown = file.display();
        let own = CertificateDer::pem_file_iter(&file);
        for one in own.with_context(|| format!("cannot read {shown}"))? {
            all.add(one.with_context(|| format!("{shown} is no list of certificates"))?)?;
        }
    }
    Ok(all)
}

/// What comes until the connection ends. Many hosts end it without the farewell of TLS; what is cut off here
/// does not go unnoticed, because every file of a register is checked by its hash or signature.
pub(super) struct Rest(pub(super) Secured);

impl Read for Rest {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(into) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(0),
            done => done,
        }
    }
}
