//! Where a register is read from: a folder that was carried here, or its address.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

use ::register::{
    checkpoint::Checkpoint,
    note::Note,
    tile::{self, Content, Tile, WIDTH},
};
use anyhow::Context as _;

use super::tls;

/// Largest file that is read.
const LARGEST: u64 = 1024 * 1024;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A published register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A folder of files.
    Folder(PathBuf),
    /// An address that begins with `http://` or `https://`: host with port, and the path before the files.
    Http {
        /// Whether what is said is encrypted, and the host shows who it is.
        secure: bool,
        /// Host and port, as the `Host` header has them.
        host: String,
        /// The path, without a stroke at its end.
        path: String,
    },
}

impl FromStr for Source {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Ok(Source::Folder(PathBuf::from(text))),
        };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        anyhow::ensure!(!host.is_empty() && plain(rest), "“{text}” is no address");
        let path = path.trim_end_matches('/');
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        Ok(Source::Http { secure, host: host.to_owned(), path })
    }
}

impl Source {
    /// The bytes of a file; nothing if there is none.
    pub fn file(&self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        match self {
            Source::Folder(folder) => {
                let file = folder.join(name);
                let shown = file.display();
                match fs::File::open(&file) {
                    Ok(open) => {
                        limited(open).with_context(|| format!("cannot read {shown}")).map(Some)
                    }
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(error).with_context(|| format!("cannot read {shown}")),
                }
            }
            Source::Http { secure, host, path } => {
                let (status, body) =
                    ask(*secure, host, &format!("GET {path}/{name} HTTP/1.0"), None)?;
                match status {
                    200 => Ok(Some(body)),
                    404 => Ok(None),
                    other => anyhow::bail!("{host} answered {other} to {path}/{name}"),
                }
            }
        }
    }

    /// A file that has to be there.
    pub fn need(&self, name: &str) -> anyhow::Result<Vec<u8>> {
        self.file(name)?.with_context(|| format!("there is no {name}"))
    }

    /// Sends a note to the register of this address, and gives the answer.
    pub fn send(&self, note: &str) -> anyhow::Result<String> {
        let Source::Http { secure, host, path } = self else {
            anyhow::bail!("a folder receives nothing")
        };
        let mut form = form_urlencoded::Serializer::new(String::new());
        let body = form.append_pair("note", note).finish();
        let line = format!("POST {path}/cosignatures HTTP/1.0");
        let (status, answer) = ask(*secure, host, &line, Some(&body))?;
        let answer = String::from_utf8_lossy(&answer).trim().to_owned();
        anyhow::ensure!(status == 200, "{host} did not accept it ({status}): {answer}");
        Ok(answer)
    }

    /// The newest signed state. It is not believed before its signatures are checked.
    pub fn newest(&self) -> anyhow::Result<(Checkpoint, Note)> {
        let note = Note::parse(&self.need("checkpoint")?)?;
        Ok((Checkpoint::parse(&note.text)?, note))
    }

    /// The tile of hashes that a tree of this size has at a place.
    pub fn tile(&self, level: u8, index: u64, size: u64) -> anyhow::Result<Option<Vec<u8>>> {
        let Some(tile) = Tile::within(level, index, size) else { return Ok(None) };
        self.file(&tile.to_string())
    }

    /// The entries from one number to before another, the size of the tree, in bundles.
    pub fn entries(&self, from: u64, size: u64) -> anyhow::Result<Vec<[u8; 32]>> {
        let mut entries = Vec::new();
        for index in from / WIDTH..size.div_ceil(WIDTH) {
            let width = (size - index * WIDTH).min(WIDTH);
            let tile = Tile { content: Content::Entries, index, width: u16::try_from(width)? };
            let bytes = self.need(&tile.to_string())?;
            let bundle = tile::read_entries(&bytes)?;
            anyhow::ensure!(bundle.len() as u64 == width, "{tile} has another width");
            let known = usize::try_from(from.saturating_sub(index * WIDTH))?;
            for entry in bundle.into_iter().skip(known) {
                entries.push(entry.try_into().context("an entry is no hash")?);
            }
        }
        Ok(entries)
    }
}

fn limited(from: impl std::io::Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(std::io::Error::other("the file is too large to be one of a register"));
    }
    Ok(bytes)
}

/// One request in HTTP/1.0, so that the answer ends where the connection does.
fn ask(secure: bool, host: &str, line: &str, form: Option<&str>) -> anyhow::Result<(u16, Vec<u8>)> {
    let mut request = format!("{line}\r\nHost: {host}\r\nAccept: text/plain\r\n");
    if let Some(form) = form {
        let length = form.len();
        request.push_str("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ");
        request.push_str(&length.to_string());
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    request.push_str(form.unwrap_or_default());
    let answer = answer(secure, host, request.as_bytes());
    let cannot = || format!("cannot reach {host}");
    let answer = answer.with_context(cannot)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").with_context(cannot)?;
    let head = String::from_utf8_lossy(&answer[..end]);
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.with_context(cannot)?, answer[end + 4..].to_vec()))
}

/// Everything that the host says to a request, head and body.
fn answer(secure: bool, host: &str, request: &[u8]) -> anyhow::Result<Vec<u8>> {
    let named = host.rsplit(']').next().is_some_and(|end| end.contains(':'));
    let usual = if secure { 443 } else { 80 };
    let address = if named { host.to_owned() } else { format!("{host}:{usual}") };
    let mut socket = TcpStream::connect(&address)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    if secure {
        let (name, _) = address.rsplit_once(':').unwrap_or((&address, ""));
        let mut socket = tls::over(socket, name.trim_matches(['[', ']']))?;
        socket.write_all(request)?;
        return Ok(limited(tls::Rest(socket))?);
    }
    socket.write_all(request)?;
    Ok(limited(socket)?)
}
