//! A scripted SMTP server for tests: it counts, keeps what it accepted, and misbehaves towards chosen recipients.
//! Plain text only; one thread for each connection.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the server does to one recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Answers RCPT with this code, so many times; afterwards all is well.
    Refuse(u16, u32),
    /// Never answers RCPT.
    Hang,
    /// Closes the connection in the middle of DATA.
    CloseInData,
    /// Accepts the whole mail (it counts as accepted) and closes without an answer, so many times.
    AcceptAndDie(u32),
}

/// One mail the server took responsibility for.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub to: String,
    pub octets: Vec<u8>,
}

impl Accepted {
    /// As its header says, with the angle brackets.
    pub fn message_id(&self) -> String {
        let header = String::from_utf8_lossy(&self.octets);
        let line = header.lines().find_map(|line| line.strip_prefix("Message-ID: "));
        line.expect("a Message-ID").trim().into()
    }
}

#[derive(Default)]
struct State {
    accepted: Vec<Accepted>,
    faults: HashMap<String, Fault>,
    tried: HashMap<String, u32>,
    /// How many conversations are under way.
    open: usize,
    /// How long each conversation waits for its greeting.
    dawdling: Duration,
}

/// A running server; it stops listening when the process ends.
#[derive(Clone)]
pub struct Sink {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Sink {
    /// Listens on a free port of this machine.
    pub fn start() -> Sink {
        Sink::start_at("127.0.0.1:0".parse().expect("an address"))
    }

    /// Listens at an address where nobody did.
    pub fn start_at(address: SocketAddr) -> Sink {
        let listener = TcpListener::bind(address).expect("a free port");
        let sink = Sink { address: listener.local_addr().expect("an address"), state: Arc::default() };
        let shared = sink.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sink = shared.clone();
                // A client that goes away ends its own conversation and nothing else.
                std::thread::spawn(move || {
                    sink.state().open += 1;
                    let dawdling = sink.state().dawdling;
                    std::thread::sleep(dawdling);
                    let _ = sink.converse(stream);
                    sink.state().open -= 1;
                });
            }
        });
        sink
    }

    pub fn misbehave(&self, to: &str, fault: Fault) {
        self.state().faults.insert(to.into(), fault);
    }

    /// Takes its time over every conversation from now on.
    pub fn dawdle(&self, each: Duration) {
        self.state().dawdling = each;
    }

    /// Waits until nobody talks to it any more and all that was sent has been read.
    pub fn settle(&self) {
        std::thread::sleep(Duration::from_millis(10));
        while self.state().open > 0 {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn accepted(&self) -> Vec<Accepted> {
        self.state().accepted.clone()
    }

    /// How often mail to `to` was accepted.
    pub fn count(&self, to: &str) -> usize {
        self.state().accepted.iter().filter(|a| a.to == to).count()
    }

    /// How often somebody tried to reach `to`.
    pub fn tried(&self, to: &str) -> u32 {
        self.state().tried.get(to).copied().unwrap_or_default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn converse(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(stream.try_clone()?);
        let mut to = String::new();
        stream.write_all(b"220 sink ready\r\n")?;
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 {
                return Ok(());
            }
            match line.split([' ', '\r']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" => stream.write_all(b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")?,
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_string();
                    let answer = self.recipient(&to);
                    stream.write_all(answer.as_bytes())?;
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n")?;
                    let Some(octets) = self.data(&to, &mut lines)? else { return Ok(()) };
                    if !self.accept(&to, octets) {
                        return Ok(());
                    }
                    stream.write_all(b"250 kept\r\n")?;
                }
                "QUIT" => return stream.write_all(b"221 bye\r\n"),
                _ => stream.write_all(b"250 fine\r\n")?,
            }
        }
    }

    fn recipient(&self, to: &str) -> String {
        let mut state = self.state();
        *state.tried.entry(to.into()).or_default() += 1;
        match state.faults.get_mut(to) {
            Some(Fault::Refuse(code, times)) if *times > 0 => {
                *times -= 1;
                format!("{code} <{to}> is refused here\r\n")
            }
            Some(Fault::Hang) => {
                drop(state);
                std::thread::sleep(Duration::from_secs(600));
                String::new()
            }
            _ => "250 known\r\n".into(),
        }
    }

    /// The mail without its dot-stuffing; none when the connection is closed on purpose.
    fn data(&self, to: &str, lines: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
        let mut octets = Vec::new();
        loop {
            let start = octets.len();
            let closes = self.state().faults.get(to) == Some(&Fault::CloseInData);
            if lines.read_until(b'\n', &mut octets)? == 0 || closes {
                return Ok(None);
            }
            if &octets[start..] == b".\r\n" {
                octets.truncate(start);
                return Ok(Some(octets));
            }
            if octets[start] == b'.' {
                octets.remove(start);
            }
        }
    }

    /// Keeps the mail; false when the server dies before it says so.
    fn accept(&self, to: &str, octets: Vec<u8>) -> bool {
        let mut state = self.state();
        state.accepted.push(Accepted { to: to.into(), octets });
        match state.faults.get_mut(to) {
            Some(Fault::AcceptAndDie(times)) if *times > 0 => {
                *times -= 1;
                false
            }
            _ => true,
        }
    }
}
