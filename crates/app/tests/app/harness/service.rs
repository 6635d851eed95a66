//! Servers that a test puts where the product looks for one.

use std::io::Read;

/// One whole request, as far as its `Content-Length` says. It may come in pieces: who answers after the first
/// and goes away breaks the connection under the rest.
pub(crate) fn whole_request(mut client: impl Read) -> std::io::Result<Vec<u8>> {
    let (mut request, mut piece) = (Vec::new(), [0; 4096]);
    while length(&request).is_none_or(|length| request.len() < length) {
        let read = client.read(&mut piece)?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        request.extend(&piece[..read]);
    }
    Ok(request)
}

/// How long a request will be, once its head has come.
fn length(request: &[u8]) -> Option<usize> {
    let end = request.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
    let body = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    Some(end + body.map_or(0, |body| body.trim().parse().expect("a length")))
}
