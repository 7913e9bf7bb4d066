//! The helpers that templates may use. Each writes escaped text, or markup made here of checked parts.

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError, RenderErrorReason,
    ScopedJson,
};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};

use super::assets;
use crate::{curriculum::model::Language, words};

/// Key under which the root of every page's data carries the session's form token.
pub const CSRF: &str = "@csrf";

/// A helper that writes markup and asks for neither templates nor where it stands in one.
pub struct Markup(pub fn(&Helper<'_>, &Context, &mut dyn Output) -> HelperResult);

impl HelperDef for Markup {
    fn call<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        (self.0)(h, ctx, out)
    }
}

/// `{{t "key" name=value}}`: a message, escaped; also as `(t "key")` for another helper's parameter.
pub struct Translate(pub Language);

impl HelperDef for Translate {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        h: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let key = text_param(h, "t")?;
        if h.hash().is_empty()
            && let Some(plain) = words::plain(self.0, key)
        {
            return Ok(ScopedJson::Derived(Value::String(plain.to_owned())));
        }
        let args: Vec<_> = h.hash().iter().map(|(name, value)| (*name, as_word(value.value()))).collect();
        Ok(ScopedJson::Derived(Value::String(words::text(self.0, key, &args))))
    }
}

fn as_word(value: &Value) -> words::Value<'_> {
    match value {
        Value::String(text) => words::Value::from(text.as_str()),
        Value::Number(number) => words::Value::from(number.as_f64().unwrap_or_default()),
        other => words::Value::from(other.to_string()),
    }
}

/// `{{part "room/name" a=b}}`: another template that sees only the parameters; a missing value is null.
pub fn part(
    h: &Helper<'_>,
    registry: &Handlebars<'_>,
    ctx: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let mut data: Map<_, _> =
        h.hash().iter().map(|(name, value)| ((*name).to_owned(), value.value().clone())).collect();
    if let Some(token) = ctx.data().get(CSRF) {
        data.insert(CSRF.to_owned(), token.clone());
    }
    let html = registry.render_with_context(text_param(h, "part")?, &Context::from(Value::Object(data)))?;
    Ok(out.write(&html)?)
}

/// `{{icon "done"}}`: a symbol from the sprite in the frame. Always beside a word.
pub fn icon(h: &Helper<'_>, _: &Context, out: &mut dyn Output) -> HelperResult {
    let name = text_param(h, "icon")?;
    if !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return Err(RenderErrorReason::Other("an icon's name is lower-case letters".to_owned()).into());
    }
    out.write("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-")?;
    out.write(name)?;
    Ok(out.write("\"/></svg>")?)
}

/// `{{cells row outside}}`: the cells of a matrix's row, of the type [`Cells`]. Here because a matrix has a thousand
/// cells, and a template would look up each of their parts from the root.
pub fn cells(h: &Helper<'_>, _: &Context, out: &mut dyn Output) -> HelperResult {
    let text = |index| h.param(index).and_then(|param| param.value().as_str());
    let row = text(0).ok_or_else(|| RenderErrorReason::ParamNotFoundForIndex("cells", 0))?;
    let outside = handlebars::html_escape(text(1).unwrap_or_default());
    let mut html = String::with_capacity(row.len() * 8);
    for (kind, words) in Cells::each(row) {
        match kind {
            "" => html.extend([r#"<td class="out"><span class="vh">"#, &outside, "</span></td>"]),
            kind => {
                let (kind, words) = (handlebars::html_escape(kind), handlebars::html_escape(words));
                let icon = r##""><svg class="icon" aria-hidden="true"><use href="#i-"##;
                html.extend([r#"<td class="c-"#, &kind, icon, &kind, r#""/></svg>"#, &words, "</td>"]);
            }
        }
    }
    Ok(out.write(&html)?)
}

/// The cells of a matrix's row for `{{cells}}`: of each, what names its class and its icon, empty when the cell is
/// outside what is asked for, and its words. One text, because a thousand small values would take longer to make
/// than the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Cells(String);

/// Ends a cell's kind, and its words: the separators of ASCII, which no words have.
const ENDS: [char; 2] = ['\u{1f}', '\u{1e}'];

impl Cells {
    fn each(written: &str) -> impl Iterator<Item = (&str, &str)> {
        written.split_terminator(ENDS[1]).filter_map(|cell| cell.split_once(ENDS[0]))
    }
}

impl<W: AsRef<str>> FromIterator<(&'static str, W)> for Cells {
    fn from_iter<I: IntoIterator<Item = (&'static str, W)>>(cells: I) -> Self {
        let mut written = String::with_capacity(512);
        for (kind, words) in cells {
            written.push_str(kind);
            written.push(ENDS[0]);
            // Words with a separator would be two cells.
            written.extend(words.as_ref().split(ENDS));
            written.push(ENDS[1]);
        }
        Cells(written)
    }
}

/// `{{dosecells row module}}`: the cells of a dose matrix's row, each `[column, key, sign, words, style]`. A cell is
/// a button that asks for its own place; here for the same reason as [`cells`].
pub fn dose_cells(h: &Helper<'_>, _: &Context, out: &mut dyn Output) -> HelperResult {
    let row = h.param(0).and_then(|param| param.value().as_array());
    let row = row.ok_or_else(|| RenderErrorReason::ParamNotFoundForIndex("dosecells", 0))?;
    let module = h.param(1).and_then(|param| param.value().as_str()).unwrap_or_default();
    let module = handlebars::html_escape(module);
    let mut html = String::with_capacity(row.len() * 200);
    for cell in row {
        let part = |index| cell.get(index).and_then(Value::as_str).map(handlebars::html_escape).unwrap_or_default();
        let (column, key, sign, words, style) =
            (cell.get(0).and_then(Value::as_u64).unwrap_or_default(), part(1), part(2), part(3), part(4));
        let style = if style.is_empty() { style } else { format!(r#" class="{style}""#) };
        html += &format!(
            r##"<td{style} data-c="{column}"><button class="dose d-{sign}" name="cell" value="{key}~{module}" aria-label="{words}"><svg class="glyph" aria-hidden="true"><use href="#g-{sign}"/></svg></button></td>"##
        );
    }
    Ok(out.write(&html)?)
}

/// `{{csrf}}`: the hidden field that every posted form needs.
pub fn csrf(_: &Helper<'_>, ctx: &Context, out: &mut dyn Output) -> HelperResult {
    let token = ctx.data().get(CSRF).and_then(Value::as_str).unwrap_or_default();
    out.write("<input type=\"hidden\" name=\"csrf\" value=\"")?;
    out.write(&handlebars::html_escape(token))?;
    Ok(out.write("\">")?)
}

/// `{{asset "app.css"}}`: the address of a file in the binary, with its content's hash.
pub fn asset(h: &Helper<'_>, _: &Context, out: &mut dyn Output) -> HelperResult {
    let name = text_param(h, "asset")?;
    let url = assets::url(name).ok_or_else(|| RenderErrorReason::Other(format!("there is no file {name}")))?;
    Ok(out.write(url)?)
}

/// `{{svg picture}}`: a picture of the type [`Svg`], as it is.
pub fn svg(h: &Helper<'_>, _: &Context, out: &mut dyn Output) -> HelperResult {
    match h.param(0).and_then(|picture| picture.value().get(SVG)).and_then(Value::as_str) {
        Some(picture) => Ok(out.write(picture)?),
        None => Err(RenderErrorReason::Other("svg takes a picture of the type Svg".to_owned()).into()),
    }
}

/// The first parameter of a helper, which must be a text.
fn text_param<'a>(h: &'a Helper<'_>, helper: &'static str) -> Result<&'a str, RenderError> {
    let missing = || RenderErrorReason::ParamNotFoundForIndex(helper, 0);
    Ok(h.param(0).and_then(|param| param.value().as_str()).ok_or_else(missing)?)
}

/// A picture that this program drew itself, the only thing that is written into a page unescaped.
///
/// Whoever makes one has escaped every text in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Svg(pub String);

const SVG: &str = "@svg";

impl Serialize for Svg {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(SVG, &self.0)?;
        map.end()
    }
}
