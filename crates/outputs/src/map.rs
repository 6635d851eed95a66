//! The map of cities as SVG: land without borders, and points. A pure function of what is on it.
//!
//! The projection is Equal Earth (Šavrič, Patterson and Jenny, 2018): areas compare truly, and no
//! country looks larger than it is. The land outline is Natural Earth's, of `data/land.json`; its
//! rings fill by the even-odd rule, so that the Caspian Sea stays water.

use std::{fmt::Write as _, sync::OnceLock};

use serde::Deserialize;

/// Degrees east that stand upright in the middle.
const CENTRE: f64 = 80.0;
/// The part of the projected plane that is drawn, in thousandths of the sphere's radius: west,
/// east, south, north. It holds every city of the register.
const FRAME: [i32; 4] = [-830, 810, 20, 1220];
/// Coefficients of the Equal Earth polynomial.
const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];

const LAND: &str = include_str!("../../../data/land.json");

/// Degrees north and degrees east.
pub type Position = [f64; 2];

/// A city on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Where.
    pub at: Position,
    /// Its name, shown when it is pointed at.
    pub name: String,
    /// The page that it leads to.
    pub href: Option<String>,
    /// Whether its name is written beside it.
    pub labelled: bool,
}

/// What is on a map, from the bottom up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// Ties, from place to place.
    pub lines: Vec<[Position; 2]>,
    /// Places without a name.
    pub dots: Vec<Position>,
    /// Places with a name.
    pub points: Vec<Point>,
}

impl Map {
    /// The drawing. It is hidden from screen readers and outside the order of focus, because a
    /// list with the same links always stands beside it.
    pub fn svg(&self) -> String {
        let [west, east, south, north] = FRAME;
        let (width, height) = (east - west, north - south);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" viewBox=\"0 0 {width} {height}\" \
             aria-hidden=\"true\" focusable=\"false\">\
             <path class=\"land\" fill=\"#e6dcc6\" fill-rule=\"evenodd\" d=\"{}\"/>",
            land()
        );
        self.draw_lines(&mut svg);
        self.draw_dots(&mut svg);
        for point in &self.points {
            draw_point(&mut svg, point);
        }
        svg.push_str("</svg>");
        svg
    }

    fn draw_lines(&self, svg: &mut String) {
        let ends = self.lines.iter().filter_map(|[a, b]| Some((place(*a)?, place(*b)?)));
        let path = ends.fold(String::new(), |mut d, ([ax, ay], [bx, by])| {
            _ = write!(d, "M{ax} {ay}L{bx} {by}");
            d
        });
        if !path.is_empty() {
            _ = write!(
                svg,
                "<path class=\"ties\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.4\" \
                 stroke-width=\"3\" d=\"{path}\"/>"
            );
        }
    }

    fn draw_dots(&self, svg: &mut String) {
        let path =
            self.dots.iter().filter_map(|at| place(*at)).fold(String::new(), |mut d, [x, y]| {
                _ = write!(d, "M{x} {y}h0");
                d
            });
        if !path.is_empty() {
            _ = write!(
                svg,
                "<path class=\"dots\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.45\" \
                 stroke-width=\"8\" stroke-linecap=\"round\" d=\"{path}\"/>"
            );
        }
    }
}

fn draw_point(svg: &mut String, point: &Point) {
    let Some([x, y]) = place(point.at) else { return };
    let name = escaped(&point.name);
    if let Some(href) = &point.href {
        _ = write!(svg, "<a href=\"{}\" tabindex=\"-1\">", escaped(href));
    }
    _ = write!(
        svg,
        "<circle class=\"point\" fill=\"#0f5c66\" cx=\"{x}\" cy=\"{y}\" r=\"11\">\
         <title>{name}</title></circle>"
    );
    if point.labelled {
        let [west, east, ..] = FRAME;
        let anchor = match x * 4 / (east - west) {
            0 => "start",
            3.. => "end",
            _ => "middle",
        };
        _ = write!(
            svg,
            "<text class=\"name\" fill=\"currentColor\" font-size=\"46\" direction=\"ltr\" x=\"{x}\" \
             y=\"{}\" text-anchor=\"{anchor}\">{name}</text>",
            y - 24
        );
    }
    if point.href.is_some() {
        svg.push_str("</a>");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Equal Earth, in radii of the sphere. Longitudes count from [`CENTRE`].
fn project([north, east]: Position) -> [f64; 2] {
    let lambda = (east - CENTRE + 540.0).rem_euclid(360.0) - 180.0;
    let theta = (3.0_f64.sqrt() / 2.0 * north.to_radians().sin()).asin();
    let (t2, t6) = (theta.powi(2), theta.powi(6));
    let slope = 9.0 * A[3] * t6 * t2 + 7.0 * A[2] * t6 + 3.0 * A[1] * t2 + A[0];
    let x = 2.0 * 3.0_f64.sqrt() * lambda.to_radians() * theta.cos() / (3.0 * slope);
    let y = theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
    [x, y]
}

/// From the sphere's radii to the drawing's units, downwards from its upper corner.
fn drawn([x, y]: [f64; 2]) -> [f64; 2] {
    let [west, _, _, north] = FRAME.map(f64::from);
    [x * 1000.0 - west, north - y * 1000.0]
}

/// The unit of the drawing on which a place stands; `None` outside the frame.
fn place(at: Position) -> Option<[i32; 2]> {
    let [west, east, south, north] = FRAME;
    let [x, y] = rounded(drawn(project(at)))?;
    ((0..=east - west).contains(&x) && (0..=north - south).contains(&y)).then_some([x, y])
}

/// Whole units; `None` for what is not a number or far outside.
#[expect(clippy::cast_possible_truncation, reason = "bounded by the line before")]
fn rounded(point: [f64; 2]) -> Option<[i32; 2]> {
    let bounded = point.iter().all(|v| v.abs() < 1e6);
    bounded.then(|| point.map(|v| v.round() as i32))
}

#[derive(Deserialize)]
struct Land {
    rings: Vec<Vec<[f64; 2]>>,
}

/// The outline of land within the frame, as the data of an SVG path; worked out once.
fn land() -> &'static str {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| {
        let rings = serde_json::from_str::<Land>(LAND).map_or_else(|_| Vec::new(), |l| l.rings);
        rings.iter().map(|ring| outline(ring)).collect()
    })
}

/// One ring of `[east, north]`, clipped to the frame, in whole units. A ring that crosses the
/// meridian opposite to the centre lies on the far side of the globe and is left out.
fn outline(ring: &[[f64; 2]]) -> String {
    let points: Vec<[f64; 2]> =
        ring.iter().map(|[east, north]| drawn(project([*north, *east]))).collect();
    let far = points.windows(2).any(|w| (w[0][0] - w[1][0]).abs() > 2000.0);
    if far {
        return String::new();
    }
    let mut units: Vec<[i32; 2]> = clipped(points).into_iter().filter_map(rounded).collect();
    units.dedup();
    path(&units)
}

/// Sutherland and Hodgman: the part of a polygon within the frame, one edge of it after another.
fn clipped(mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    let [west, east, south, north] = FRAME.map(f64::from);
    for (axis, bound, keeps_above) in
        [(0, 0.0, true), (0, east - west, false), (1, 0.0, true), (1, north - south, false)]
    {
        let inside = |p: &[f64; 2]| (p[axis] >= bound) == keeps_above;
        let mut kept = Vec::with_capacity(ring.len());
        for (i, to) in ring.iter().enumerate() {
            let from = ring[(i + ring.len() - 1) % ring.len()];
            if inside(&from) != inside(to) {
                let part = (bound - from[axis]) / (to[axis] - from[axis]);
                kept.push([0, 1].map(|k: usize| from[k] + part * (to[k] - from[k])));
            }
            if inside(to) {
                kept.push(*to);
            }
        }
        ring = kept;
    }
    ring
}

fn path(units: &[[i32; 2]]) -> String {
    let Some(([x, y], rest)) = units.split_first().filter(|(_, rest)| rest.len() > 1) else {
        return String::new();
    };
    let (mut d, mut at) = (format!("M{x} {y}l"), [*x, *y]);
    for [x, y] in rest {
        _ = write!(d, "{} {} ", x - at[0], y - at[1]);
        at = [*x, *y];
    }
    d.truncate(d.trim_end().len());
    d.push('z');
    d
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The published corner of the projection: the equator's end and the pole.
    #[test]
    fn the_projection_is_equal_earth() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-5;
        let [x, y] = project([0.0, CENTRE - 180.0]);
        assert!(near(x.abs(), 2.706_63) && near(y, 0.0), "{x} {y}");
        assert!(near(project([90.0, CENTRE])[1], 1.317_36));
    }

    #[test]
    fn every_city_of_the_data_is_within_the_frame() {
        let cities = include_str!("../../../data/cities.csv").lines().skip(1);
        let mut count = 0;
        for city in cities {
            let mut fields = city.split(',').skip(2).map(|f| f.parse::<f64>().unwrap());
            let at = [fields.next().unwrap(), fields.next().unwrap()];
            assert!(place(at).is_some(), "{city}");
            count += 1;
        }
        assert!(count > 800);
    }

    #[test]
    fn land_is_drawn_and_the_far_side_is_not() {
        let d = land();
        assert!(d.len() > 5_000 && d.len() < 40_000, "{}", d.len());
        assert!(d.starts_with('M') && d.ends_with('z'));
        assert_eq!(place([4.6, -74.1]), None);
    }

    /// The Caspian is a hole: an odd number of rings around land, an even one around the sea.
    #[test]
    fn the_caspian_is_water() {
        let rings = serde_json::from_str::<Land>(LAND).unwrap().rings;
        let crossings = |[x, y]: [f64; 2]| {
            let edges = rings.iter().flat_map(|r| r.windows(2));
            let crossed = edges.filter(|w| {
                let ([ax, ay], [bx, by]) = (w[0], w[1]);
                (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
            });
            crossed.count()
        };
        assert_eq!(crossings([51.0, 39.5]) % 2, 0);
        assert_eq!(crossings([58.4, 39.5]) % 2, 1);
    }

    #[test]
    fn hostile_names_stay_text() {
        let name = "<script>\"&".to_owned();
        let point = Point { at: [39.1, 117.2], name, href: Some("/?a&b".into()), labelled: true };
        let svg = Map { points: vec![point], ..Map::default() }.svg();
        assert!(svg.contains("&lt;script&gt;&quot;&amp;") && !svg.contains("<script"));
        assert!(svg.contains("href=\"/?a&amp;b\""));
    }

    proptest! {
        #[test]
        fn a_clipped_ring_lies_within_the_frame(
            ring in prop::collection::vec([-3000.0..3000.0_f64, -3000.0..3000.0], 3..20)
        ) {
            let [west, east, south, north] = FRAME.map(f64::from);
            for [x, y] in clipped(ring) {
                prop_assert!((-1e-6..=east - west + 1e-6).contains(&x));
                prop_assert!((-1e-6..=north - south + 1e-6).contains(&y));
            }
        }

        #[test]
        fn any_numbers_are_a_place_or_none(north in any::<f64>(), east in any::<f64>()) {
            if let Some([x, y]) = place([north, east]) {
                prop_assert!(x >= 0 && y >= 0);
            }
        }
    }
}
