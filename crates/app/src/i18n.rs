//! Messages in the reader's language, from the Fluent files in `locales/`.

use std::{collections::BTreeMap, sync::OnceLock};

use domain::{Lang, Refusal};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use include_dir::{Dir, include_dir};

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");

type Bundles = BTreeMap<Lang, FluentBundle<FluentResource>>;

fn bundles() -> &'static Bundles {
    static BUNDLES: OnceLock<Bundles> = OnceLock::new();
    BUNDLES.get_or_init(|| Lang::ALL.into_iter().map(|lang| (lang, bundle(lang))).collect())
}

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let id = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolating marks would enter attributes and mails; names stand in `bdi` instead.
    bundle.set_use_isolating(false);
    for file in LOCALES.get_dir(lang.code()).into_iter().flat_map(Dir::files) {
        let source = file.contents_utf8().unwrap_or_default().to_owned();
        // A broken message is left out here and named by the locale test.
        let resource = FluentResource::try_new(source).unwrap_or_else(|(whole, _)| whole);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The sources of one language, by file name: for the tests of completeness.
pub fn sources(lang: Lang) -> BTreeMap<String, &'static str> {
    let files = LOCALES.get_dir(lang.code()).into_iter().flat_map(Dir::files);
    files
        .filter_map(|f| {
            let name = f.path().file_name()?.to_string_lossy().into_owned();
            Some((name, f.contents_utf8()?))
        })
        .collect()
}

/// The messages of one language.
#[derive(Clone, Copy, Debug)]
pub struct Messages {
    /// The language asked for.
    pub lang: Lang,
}

impl Messages {
    /// The messages of a language.
    pub fn of(lang: Lang) -> Self {
        Self { lang }
    }

    /// A message without values.
    pub fn get(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A message with values. A key that a language lacks is taken from English; a key that no
    /// language has shows itself in brackets (a test finds it first).
    pub fn with(self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        [self.lang, Lang::En]
            .into_iter()
            .find_map(|lang| format(lang, key, &args))
            .unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// The sentence of a refusal.
    pub fn refusal(self, refusal: &Refusal) -> String {
        let values: Vec<(&str, FluentValue<'_>)> = refusal
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), FluentValue::from(value.as_str())))
            .collect();
        self.with(&format!("refusal-{}", refusal.code), &values)
    }
}

fn format(lang: Lang, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let bundle = bundles().get(&lang)?;
    let pattern = bundle.get_message(key)?.value()?;
    Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
}
