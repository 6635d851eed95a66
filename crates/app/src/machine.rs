//! A translation service outside the house, such as `LibreTranslate`: off unless an address is given. What it
//! answers is a machine's draft and nothing more; whatever is late or makes no sense counts as no answer.
//!
//! Numbers and brackets go out as marks and have to come back, each once. The connection is plain HTTP, for a
//! service on the same machine or network: a text that is not public leaves this house on no other way.

use std::{
    io::{Read as _, Write as _},
    net::{TcpStream, ToSocketAddrs as _},
    time::{Duration, Instant},
};

use domain::{Lang, Refusal, safety, token::tokens};
use serde_json::{Value, json};

/// How long a service may take to be reached, and to answer.
const REACH: Duration = Duration::from_secs(3);
const ANSWER: Duration = Duration::from_secs(20);
/// Most bytes of an answer.
const MOST: u64 = 1024 * 1024;

/// A service and where it listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    host: String,
    port: u16,
    path: String,
}

impl Service {
    /// The service at an address such as `http://127.0.0.1:5000`.
    pub fn at(address: &str) -> anyhow::Result<Self> {
        let plain = address.strip_prefix("http://");
        let plain = plain.ok_or_else(|| {
            anyhow::anyhow!(
                "the translation service has to be named by an http:// address on your own network"
            )
        })?;
        let (authority, path) = plain.split_once('/').unwrap_or((plain, ""));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, port.parse()?),
            None => (authority, 80),
        };
        anyhow::ensure!(!host.is_empty(), "the address of the translation service has no host");
        let path = format!("/{}", path.trim_matches('/'));
        let path = format!("{}/translate", path.trim_end_matches('/'));
        Ok(Self { host: host.to_owned(), port, path })
    }

    /// Who is asked, for the record.
    pub fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// A draft of words in another language.
    pub fn translate(&self, text: &str, from: Lang, to: Lang) -> Result<String, Refusal> {
        let kept = Kept::of(text);
        let asked = json!({
            "q": kept.marked, "source": from.code(), "target": to.code(), "format": "text",
        });
        let answer = self.ask(&asked.to_string()).map_err(|error| {
            tracing::warn!(%error, service = self.name(), "no machine translation");
            Refusal::new("machine-silent")
        })?;
        let nonsense = || Refusal::new("machine-nonsense");
        let answer: Value = serde_json::from_str(&answer).map_err(|_| nonsense())?;
        let given = answer["translatedText"].as_str().ok_or_else(nonsense)?;
        let restored = kept.restored(given).ok_or_else(nonsense)?;
        let draft = safety::typed(restored.trim(), to).map_err(|_| nonsense())?;
        let (have, most) = (draft.chars().count(), 8 * text.chars().count() + 200);
        if draft.is_empty() || have > most { Err(nonsense()) } else { Ok(draft) }
    }

    /// Sends a request and reads the answer's body. HTTP/1.0, so that the body is plain and ends with the
    /// connection.
    fn ask(&self, body: &str) -> anyhow::Result<String> {
        let until = Instant::now() + ANSWER;
        let addresses = (self.host.as_str(), self.port).to_socket_addrs()?;
        let mut reached = Err(anyhow::anyhow!("the host has no address"));
        for address in addresses {
            reached = TcpStream::connect_timeout(&address, REACH).map_err(Into::into);
            if reached.is_ok() {
                break;
            }
        }
        let mut stream = reached?;
        stream.set_write_timeout(Some(ANSWER))?;
        let (path, host, length) = (&self.path, self.name(), body.len());
        let head = format!(
            "POST {path} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body.as_bytes())?;
        let (mut answer, mut piece) = (Vec::new(), [0_u8; 8192]);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            anyhow::ensure!(!left.is_zero(), "the answer is late");
            stream.set_read_timeout(Some(left))?;
            let read = stream.read(&mut piece)?;
            if read == 0 {
                break;
            }
            answer.extend_from_slice(&piece[..read]);
            anyhow::ensure!(answer.len() as u64 <= MOST, "the answer is too long");
        }
        let answer = String::from_utf8(answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.lines().next().unwrap_or_default();
        anyhow::ensure!(status.split(' ').nth(1) == Some("200"), "the answer is {status:?}");
        Ok(body.to_owned())
    }
}

/// Words with marks in place of what must not change.
struct Kept<'a> {
    marked: String,
    kept: Vec<&'a str>,
}

fn mark(at: usize) -> String {
    format!("[[{at}]]")
}

impl<'a> Kept<'a> {
    /// Numbers, and whatever stands in square brackets or braces, become marks.
    fn of(text: &'a str) -> Self {
        let (mut marked, mut kept, mut rest) = (String::new(), Vec::new(), text);
        let keep = |piece: &'a str, marked: &mut String, kept: &mut Vec<&'a str>| {
            *marked += &mark(kept.len());
            kept.push(piece);
        };
        while let Some(first) = rest.chars().next() {
            let closing = match first {
                '[' => Some(']'),
                '{' => Some('}'),
                _ => None,
            };
            let end =
                closing.and_then(|closing| rest.find(closing).map(|at| at + closing.len_utf8()));
            let piece = match end {
                Some(end) => &rest[..end],
                None => tokens(rest).first().copied().unwrap_or(rest),
            };
            if end.is_some() || first.is_numeric() {
                keep(piece, &mut marked, &mut kept);
            } else {
                marked += piece;
            }
            rest = &rest[piece.len()..];
        }
        Self { marked, kept }
    }

    /// The answer with everything back in its place; nothing if a mark is missing, doubled or invented.
    fn restored(&self, answer: &str) -> Option<String> {
        let mut text = answer.to_owned();
        for (at, piece) in self.kept.iter().enumerate().rev() {
            if text.matches(&mark(at)).count() != 1 {
                return None;
            }
            text = text.replace(&mark(at), piece);
        }
        let digits = |text: &str| text.chars().filter(|c| c.is_numeric()).count();
        let kept: usize = self.kept.iter().map(|piece| digits(piece)).sum();
        (digits(&text) == kept).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{io::BufRead as _, net::TcpListener, thread::JoinHandle};

    /// A service that reads one request and answers with these bytes.
    fn fake(answer: String) -> (Service, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let service = Service::at(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let asked = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = std::io::BufReader::new(stream.try_clone().unwrap());
            let (mut length, mut line) = (0, String::new());
            while reader.read_line(&mut line).unwrap() > 2 {
                if let Some(n) = line.strip_prefix("Content-Length: ") {
                    length = n.trim().parse().unwrap();
                }
                line.clear();
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(body).unwrap()
        });
        (service, asked)
    }

    fn says(text: &str) -> String {
        format!("HTTP/1.0 200 OK\r\n\r\n{}", json!({ "translatedText": text }))
    }

    #[test]
    fn numbers_and_brackets_go_out_as_marks_and_come_back() {
        let (service, asked) = fake(says("К [[1]] году обучить [[0]] служащих [[2]]"));
        let draft = service.translate("培训300名，到2030年[甲 | 乙]", Lang::Zh, Lang::Ru);
        assert_eq!(draft.unwrap(), "К 2030 году обучить 300 служащих [甲 | 乙]");
        let asked: Value = serde_json::from_str(&asked.join().unwrap()).unwrap();
        assert_eq!(asked["q"], "培训[[0]]名，到[[1]]年[[2]]");
        assert_eq!((asked["source"].as_str(), asked["target"].as_str()), (Some("zh"), Some("ru")));
    }

    #[test]
    fn what_makes_no_sense_is_no_answer() {
        let nonsense = [
            says("no mark"),
            says("[[0]] and [[0]]"),
            says("[[0]] and 7 more"),
            says("[[0]] a\u{202E}b"),
            says(&format!("[[0]] {}", "ha ".repeat(400))),
            "HTTP/1.0 200 OK\r\n\r\n{".to_owned(),
            "HTTP/1.0 200 OK\r\n\r\n{\"translatedText\": 3}".to_owned(),
        ];
        for answer in nonsense {
            let (service, _asked) = fake(answer.clone());
            let refused = service.translate("3 города", Lang::Ru, Lang::En).unwrap_err();
            assert_eq!(refused.code, "machine-nonsense", "{answer}");
        }
        let (service, _asked) = fake("HTTP/1.0 500 no\r\n\r\n".to_owned());
        assert_eq!(service.translate("а", Lang::Ru, Lang::En).unwrap_err().code, "machine-silent");
        let nobody = Service::at("http://127.0.0.1:1").unwrap();
        assert_eq!(nobody.translate("а", Lang::Ru, Lang::En).unwrap_err().code, "machine-silent");
    }

    #[test]
    fn only_plain_addresses_are_taken() {
        assert_eq!(Service::at("http://10.0.0.5:5000/mt/").unwrap().path, "/mt/translate");
        for bad in ["https://example.org", "example.org", "http://", "http://h:port"] {
            assert!(Service::at(bad).is_err(), "{bad}");
        }
    }
}
