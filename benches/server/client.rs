//! A lean HTTP/1.1 client: keep-alive, one thread a connection, as little of the shared processor as it can.
//!
//! Knows no chunks and no compression: the server sends pages whole when asked for no compression.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Somebody who is signed in, at this server.
pub struct Visitor {
    pub address: SocketAddr,
    /// Name and value.
    pub cookie: String,
}

impl Visitor {
    pub fn connect(&self) -> Connection {
        Connection { wire: BufReader::with_capacity(128 * 1024, dial(self.address)), cookie: self.cookie.clone() }
    }
}

fn dial(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_nodelay(true).expect("a socket option");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket option");
    stream
}

pub struct Connection {
    wire: BufReader<TcpStream>,
    cookie: String,
}

impl Connection {
    /// The time until the whole answer is here, and the size of its body. Anything but 200 ends the measuring.
    pub fn get(&mut self, path: &str) -> (Duration, usize) {
        let request = self.request(path);
        self.send(&request)
    }

    pub fn keep_asking(&mut self, path: &str, during: Duration) -> Vec<Duration> {
        let request = self.request(path);
        let mut times = Vec::with_capacity(1 << 16);
        let start = Instant::now();
        while start.elapsed() < during {
            times.push(self.send(&request).0);
        }
        times
    }

    fn request(&self, path: &str) -> Vec<u8> {
        format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: sv\r\nAccept-Encoding: identity\r\nCookie: {}\r\n\r\n",
            self.cookie
        )
        .into_bytes()
    }

    fn send(&mut self, request: &[u8]) -> (Duration, usize) {
        let start = Instant::now();
        self.wire.get_mut().write_all(request).expect("the server reads");
        let head = Head::read(&mut self.wire);
        let mut left = head.length;
        while left > 0 {
            let got = self.wire.fill_buf().expect("the server answers").len().min(left);
            assert!(got > 0, "the answer was cut short");
            self.wire.consume(got);
            left -= got;
        }
        let time = start.elapsed();
        assert_eq!(head.status, 200, "{}", String::from_utf8_lossy(request));
        (time, head.length)
    }
}

struct Head {
    status: u16,
    length: usize,
    cookie: Option<String>,
}

impl Head {
    fn read(wire: &mut impl BufRead) -> Head {
        let mut head = Head { status: 0, length: 0, cookie: None };
        let mut line = String::with_capacity(256);
        loop {
            line.clear();
            assert!(wire.read_line(&mut line).expect("the server answers") > 0, "the server closed the connection");
            let text = line.trim_end();
            if text.is_empty() {
                return head;
            }
            match text.split_once(": ") {
                None => head.status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default(),
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    head.length = value.parse().expect("a length");
                }
                Some((name, value)) if name.eq_ignore_ascii_case("set-cookie") => {
                    head.cookie = value.split(';').next().map(str::to_owned);
                }
                Some((name, _)) => assert!(!name.eq_ignore_ascii_case("transfer-encoding"), "the page came in chunks"),
            }
        }
    }
}

/// Follows a sign-in link by pressing its button.
pub fn sign_in(address: SocketAddr, secret: &str) -> Visitor {
    let mut wire = BufReader::new(dial(address));
    let request = format!(
        "POST /sign-in/{secret} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://{address}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    wire.get_mut().write_all(request.as_bytes()).expect("the server reads");
    let head = Head::read(&mut wire);
    assert_eq!(head.status, 303, "the sign-in link was refused");
    Visitor { address, cookie: head.cookie.expect("a session") }
}

/// Whether the server answers by now.
pub fn is_alive(address: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else { return false };
    let mut answer = [0; 12];
    stream.write_all(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").is_ok()
        && stream.read_exact(&mut answer).is_ok()
        && &answer == b"HTTP/1.1 200"
}
