//! How often one client may try what guesses could open, signing in and the links of letters, and what
//! costs us a signature check.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Mutex, PoisonError},
};

use axum::{
    extract::{ConnectInfo, Request},
    http::Method,
};
use jiff::{SignedDuration, Timestamp};

use super::route::{Gate, Route};

/// Tries of one client within a window.
pub const MOST: u32 = 30;
/// How long a window lasts, in minutes.
pub const MINUTES: i64 = 10;
/// Clients remembered; beyond them those whose window is over are forgotten.
const REMEMBERED: usize = 10_000;

/// Whether a route is counted.
pub fn counts(route: &Route) -> bool {
    route.method == Method::POST
        && (route.gate == Gate::Token
            || route.path.starts_with("/sign-in")
            || route.path == "/register/cosignatures")
}

/// The client's address: the peer, or what the trusted proxy says of it. `None` when the request
/// came over no socket.
pub fn client(request: &Request, trusted: Option<IpAddr>) -> Option<IpAddr> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    if trusted != Some(peer.ip().to_canonical()) {
        return Some(peer.ip());
    }
    // The proxy appends the address that it saw; whatever stands before was written by the client.
    let told = request.headers().get_all("x-forwarded-for").iter().next_back();
    let last = told.and_then(|v| v.to_str().ok()).and_then(|v| v.rsplit(',').next());
    Some(last.and_then(|a| a.trim().parse().ok()).unwrap_or(peer.ip()))
}

/// The windows of the clients seen.
#[derive(Debug, Default)]
pub struct Limit(Mutex<HashMap<IpAddr, (Timestamp, u32)>>);

impl Limit {
    /// Counts a try; `false` when it is one too many.
    pub fn admits(&self, client: IpAddr, now: Timestamp) -> bool {
        let window = SignedDuration::from_mins(MINUTES);
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= REMEMBERED {
            seen.retain(|_, (since, _)| now.duration_since(*since) < window);
        }
        let (since, tries) = seen.entry(household(client)).or_insert((now, 0));
        if now.duration_since(*since) >= window {
            (*since, *tries) = (now, 0);
        }
        *tries = tries.saturating_add(1);
        *tries <= MOST
    }
}

/// Who shares a count: one IPv4 address, or the /64 that one IPv6 household is given.
fn household(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V4(v4) => v4.into(),
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn a_client_waits_for_the_next_window_and_others_do_not() {
        let limit = Limit::default();
        let (one, other): (IpAddr, IpAddr) =
            ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for n in 0..MOST {
            assert!(limit.admits(one, at(n.into())));
        }
        assert!(!limit.admits(one, at(60)));
        assert!(limit.admits(other, at(60)));
        assert!(!limit.admits(one, at(MINUTES * 60 - 1)));
        assert!(limit.admits(one, at(MINUTES * 60)));
    }

    #[test]
    fn a_household_has_one_count_and_a_mapped_address_is_itself() {
        let same =
            |a: &str, b: &str| household(a.parse().unwrap()) == household(b.parse().unwrap());
        assert!(same("2001:db8::1", "2001:db8::ffff:1"));
        assert!(!same("2001:db8::1", "2001:db8:0:1::1"));
        assert!(same("::ffff:192.0.2.1", "192.0.2.1"));
    }

    #[test]
    fn the_header_is_believed_from_the_trusted_proxy_alone() {
        let request = |peer: &str| {
            let peer: SocketAddr = peer.parse().unwrap();
            let mut request = Request::builder()
                .header("x-forwarded-for", "198.51.100.9, 203.0.113.7")
                .body(Body::empty())
                .unwrap();
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        };
        let proxy: Option<IpAddr> = Some("10.0.0.1".parse().unwrap());
        let seen = |peer, trusted| client(&request(peer), trusted).unwrap().to_string();
        assert_eq!(seen("10.0.0.1:5", proxy), "203.0.113.7");
        assert_eq!(seen("[::ffff:10.0.0.1]:5", proxy), "203.0.113.7");
        assert_eq!(seen("10.0.0.2:5", proxy), "10.0.0.2");
        assert_eq!(seen("10.0.0.1:5", None), "10.0.0.1");
        assert_eq!(client(&Request::new(Body::empty()), proxy), None);
    }
}
