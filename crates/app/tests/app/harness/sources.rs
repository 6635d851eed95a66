//! The repository's own files, for tests that read them.

use std::path::{Path, PathBuf};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

/// A file of ours.
pub(crate) struct Source {
    /// Its path from the root.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) text: String,
}

impl Source {
    /// The text before the unit tests at a file's end.
    pub(crate) fn product(&self) -> &str {
        self.text.split("#[cfg(test)]").next().unwrap_or_default()
    }
}

/// Every file with one of these endings, by path; nothing that was built or fetched.
pub(crate) fn files(endings: &[&str]) -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            if path.is_dir() {
                let foreign = ["target", ".git", ".cache", "__pycache__", "node_modules"];
                if !foreign.contains(&name) {
                    folders.push(path);
                }
            } else if endings.iter().any(|e| name.ends_with(e)) {
                let text = std::fs::read_to_string(&path).expect("a text file");
                let path = path.strip_prefix(&root).expect("a file of ours").display().to_string();
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// A string literal of a Rust source.
pub(crate) struct Literal<'a> {
    /// The code before it.
    pub(crate) before: &'a str,
    /// What it says, escapes left as written.
    pub(crate) text: &'a str,
}

/// The string literals of Rust code. Knows comments, raw strings and characters; that is enough for
/// code that compiles.
pub(crate) fn literals(code: &str) -> Vec<Literal<'_>> {
    let bytes = code.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &code[at..];
        let end = |pattern: &str, from: usize| {
            rest[from..].find(pattern).map_or(code.len(), |p| at + from + p)
        };
        if rest.starts_with("//") {
            at = end("\n", 0);
        } else if rest.starts_with("r#\"") {
            let close = end("\"#", 3);
            found.push(Literal { before: &code[..at], text: &code[at + 3..close] });
            at = close + 2;
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\") {
            at += 3;
        } else if rest.starts_with('"') {
            let mut close = at + 1;
            while close < bytes.len() && bytes[close] != b'"' {
                close += if bytes[close] == b'\\' { 2 } else { 1 };
            }
            found.push(Literal { before: &code[..at], text: &code[at + 1..close.min(code.len())] });
            at = close + 1;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}
