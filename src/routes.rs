//! The whole URL table on one page, each line with who may use it.
//!
//! A handler's first argument is [`May`] with the rule of its line, so a route without a rule does not compile. The
//! access matrix in the tests walks this table.

use actix_web::http::{Method, header};
use actix_web::web::ServiceConfig;
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, guard, web};

use crate::accounts::pages as accounts;
use crate::accounts::policy::{Actor, Administrator, Anyone, Developer, Leads, Rule, SignedIn, Staff, sees_everyone};
use crate::api;
use crate::assessing::pages as assessing;
use crate::attendance::pages as attendance;
use crate::courses::pages as courses;
use crate::designer::consequences::pages as consequences;
use crate::designer::demand::pages as demand;
use crate::designer::drafts::pages as drafts;
use crate::designer::pages as designer;
use crate::designer::publishing::pages as publishing;
use crate::designer::versions::pages as versions;
use crate::diary::pages as diary;
use crate::diplomas::pages as diplomas;
use crate::learning::pages as learning;
use crate::mailroom::pages as mailroom;
use crate::people::pages as people;
use crate::programme::pages as programme;
use crate::recognition::pages as recognition;
use crate::start::pages as start;
use crate::team::pages as team;
use crate::web::pages as site;
use crate::web::{May, NavItem};

/// All routes, in the order they are tried.
pub fn table() -> Table {
    let mut t = Table::default();

    t.get("/livez", Anyone, site::livez);
    t.get("/readyz", Anyone, site::readyz);
    t.get("/static/{version}/{file}", Anyone, site::asset);
    t.get("/help", Anyone, site::help);
    t.get("/accessibility", Anyone, site::accessibility);

    t.get("/sign-in", Anyone, accounts::ask);
    t.post("/sign-in", Anyone, accounts::send_link);
    t.get("/sign-in/{secret}", Anyone, accounts::open_link);
    t.post("/sign-in/{secret}", Anyone, accounts::use_link);
    t.post("/sign-out", SignedIn, accounts::sign_out);
    t.post("/language", Anyone, accounts::choose_language);
    t.get("/me", SignedIn, accounts::me);
    t.get("/me/mail", SignedIn, mailroom::own_list);
    t.get("/me/mail/{mail}", SignedIn, mailroom::own);
    t.get("/me/mail/{mail}/html", SignedIn, mailroom::own_document);

    t.get("/me/history", SignedIn, diplomas::show);
    t.get("/me/history.json", SignedIn, diplomas::json);
    t.get("/me/history.csv", SignedIn, diplomas::csv);
    t.post("/me/diplomas", SignedIn, diplomas::make);
    t.get("/me/diplomas/{diploma}.pdf", SignedIn, diplomas::file);
    t.post("/me/diplomas/{diploma}/end", SignedIn, diplomas::end);
    t.get("/verify", Anyone, diplomas::ask);
    t.get("/verify/{diploma}", Anyone, diplomas::verify);
    t.get("/me/notes", SignedIn, diary::notes::list);
    t.post("/me/notes", SignedIn, diary::notes::write);
    t.get("/me/notes.json", SignedIn, diary::notes::export);
    t.get("/me/notes/{note}", SignedIn, diary::notes::edit);
    t.post("/me/notes/{note}", SignedIn, diary::notes::change);
    t.post("/me/notes/{note}/remove", SignedIn, diary::notes::remove);
    t.get("/me/calendar", SignedIn, diary::calendar::show);
    t.post("/me/calendar", SignedIn, diary::calendar::change);
    t.get("/calendar/{secret}.ics", Anyone, diary::calendar::fetch);

    t.get("/", SignedIn, diary::own_path);
    t.get("/people/{id}/path", SignedIn, diary::path_of);
    t.get("/curriculum", SignedIn, designer::curriculum);
    t.get("/curriculum/modules/{id}", SignedIn, learning::module);
    t.post("/curriculum/modules/{id}/want", SignedIn, diary::want);
    t.get("/curriculum/modules/{id}/rating", SignedIn, attendance::rating::show);
    t.post("/curriculum/modules/{id}/rating", SignedIn, attendance::rating::rate);
    t.get("/start", Staff, start::start);
    t.post("/start/publish", Developer, start::publish);

    t.get("/designer", Developer, drafts::list);
    t.get("/designer/published", Developer, drafts::published);
    t.get("/designer/versions", Developer, versions::list);
    t.get("/designer/versions/compare", Developer, versions::compare);
    t.get("/designer/versions/{number}.zip", Developer, versions::files);
    t.get("/designer/versions/{number}", Developer, versions::one);
    t.post("/designer/drafts", Developer, drafts::begin);
    t.get("/designer/drafts/{draft}", Developer, drafts::show);
    t.get("/designer/drafts/{draft}/cell", Developer, drafts::cell);
    t.post("/designer/drafts/{draft}/cells", Developer, drafts::set);
    t.get("/designer/drafts/{draft}/changes", Developer, drafts::changes);
    t.post("/designer/drafts/{draft}/undo", Developer, drafts::take_back);
    t.post("/designer/drafts/{draft}/redo", Developer, drafts::make_again);
    t.get("/designer/drafts/{draft}/consequences", Developer, consequences::everything);
    t.get("/designer/drafts/{draft}/consequences/panel", Developer, consequences::panel);
    t.get("/designer/drafts/{draft}/consequences/people", Developer, consequences::people);
    t.get("/designer/drafts/{draft}/consequences/people/{person}", Developer, consequences::person);
    t.get("/designer/drafts/{draft}/try", Developer, consequences::trial);
    t.get("/designer/drafts/{draft}/publish", Developer, publishing::ask);
    t.post("/designer/drafts/{draft}/publish", Developer, publishing::publish);
    t.get("/designer/drafts/{draft}/publishing", Developer, publishing::progress);
    t.post("/designer/drafts/{draft}/approve", Developer, publishing::approve);
    t.get("/designer/drafts/{draft}/changed", Developer, drafts::changed);
    t.get("/designer/drafts/{draft}/graph", Developer, drafts::graph);
    t.get("/designer/drafts/{draft}/log", Developer, drafts::history);
    t.get("/designer/drafts/{draft}/stale", Developer, drafts::stale);
    t.post("/designer/drafts/{draft}/stale", Developer, drafts::choose);
    t.post("/designer/drafts/{draft}/name", Developer, drafts::rename);
    t.post("/designer/drafts/{draft}/throw-away", Developer, drafts::throw_away);
    t.get("/designer/drafts/{draft}/edit/{section}", Developer, drafts::entries);
    t.get("/designer/drafts/{draft}/edit/{section}/{item}", Developer, drafts::edit);
    t.post("/designer/drafts/{draft}/edit/{section}/{item}", Developer, drafts::save);
    t.get("/designer/drafts/{draft}/new/{section}", Developer, drafts::new);
    t.post("/designer/drafts/{draft}/new/{section}", Developer, drafts::put);
    t.post("/designer/drafts/{draft}/move/{item}", Developer, drafts::shift_module);
    t.get("/designer/drafts/{draft}/remove/{section}/{item}", Developer, drafts::confirm);
    t.post("/designer/drafts/{draft}/remove/{section}/{item}", Developer, drafts::remove);

    t.get("/editions", Developer, programme::list);
    t.get("/editions/new", Developer, programme::new);
    t.post("/editions", Developer, programme::create);
    t.get("/editions/{edition}", Developer, programme::board::show);
    t.post("/editions/{edition}/people", Developer, programme::board::enrol);
    t.post("/editions/{edition}/people/{person}/leave", Developer, programme::board::leave);
    t.post("/editions/{edition}/people/{person}/presented", Developer, programme::board::present);

    t.get("/occasions", SignedIn, courses::list);
    t.get("/occasions/demand", Developer, demand::overview);
    t.get("/occasions/demand/{module}", Developer, demand::people);
    t.get("/occasions/new", Developer, courses::plan::new);
    t.post("/occasions", Developer, courses::plan::open);
    t.get("/occasions/copy", Developer, courses::copy::show);
    t.post("/occasions/copy", Developer, courses::copy::open);
    t.get("/occasions/days-off", Developer, courses::days_off::show);
    t.post("/occasions/days-off", Developer, courses::days_off::add);
    t.post("/occasions/days-off/{day}/remove", Developer, courses::days_off::remove);
    t.get("/occasions/rules", Staff, courses::rules::show);
    t.post("/occasions/rules", Staff, courses::rules::decide);
    t.get("/occasions/{occasion}", SignedIn, courses::show);
    t.post("/occasions/{occasion}", SignedIn, courses::wish);
    t.get("/occasions/{occasion}/edit", Developer, courses::plan::edit);
    t.post("/occasions/{occasion}/edit", Developer, courses::plan::change);
    t.get("/occasions/{occasion}/materials", SignedIn, courses::materials::show);
    t.post("/occasions/{occasion}/materials", SignedIn, courses::materials::add);
    t.post("/occasions/{occasion}/materials/{material}/remove", SignedIn, courses::materials::remove);
    t.post("/occasions/{occasion}/call-off", Developer, courses::plan::call_off);
    t.post("/occasions/{occasion}/give-anyway", Developer, courses::plan::give_anyway);
    t.get("/occasions/{occasion}/attendance", SignedIn, attendance::show);
    t.post("/occasions/{occasion}/attendance", SignedIn, attendance::mark);
    t.post("/occasions/{occasion}/attendance/marks", SignedIn, attendance::phone::marks);
    t.get("/occasions/{occasion}/attendance/door", SignedIn, attendance::door::show);
    t.post("/occasions/{occasion}/attendance/door", SignedIn, attendance::door::renew);
    t.get("/here/{secret}", SignedIn, attendance::door::here);
    t.post("/here/{secret}", SignedIn, attendance::door::arrive);
    t.get("/occasions/{occasion}/attendance/import", SignedIn, attendance::import::show);
    t.post("/occasions/{occasion}/attendance/import", SignedIn, attendance::import::run);
    t.get("/occasions/{occasion}/attendance/{person}", SignedIn, attendance::history::show);
    t.post("/occasions/{occasion}/attendance/{person}", SignedIn, attendance::history::correct);

    t.get("/occasions/{occasion}/assessments", SignedIn, assessing::occasion::show);
    t.post("/occasions/{occasion}/assessments", SignedIn, assessing::occasion::note);
    t.get("/assessments", SignedIn, assessing::list);
    t.get("/assessments/{person}/{module}", SignedIn, assessing::show);
    t.post("/assessments/{person}/{module}", SignedIn, assessing::act);
    t.post("/assessments/{person}/{module}/hand-in", SignedIn, assessing::hand_in);

    t.get("/recognition", SignedIn, recognition::list);
    t.get("/recognition/ask", SignedIn, recognition::ask);
    t.post("/recognition/requests", SignedIn, recognition::create);
    t.get("/recognition/requests/{request}", SignedIn, recognition::show);
    t.post("/recognition/requests/{request}", SignedIn, recognition::act);
    t.get("/recognition/evidence/new", SignedIn, recognition::evidence::new);
    t.post("/recognition/evidence", SignedIn, recognition::evidence::add);
    t.get("/recognition/evidence/{piece}", SignedIn, recognition::evidence::show);
    t.post("/recognition/evidence/{piece}", SignedIn, recognition::evidence::change);
    t.post("/recognition/evidence/{piece}/remove", SignedIn, recognition::evidence::remove);
    t.post("/recognition/evidence/{piece}/attest", SignedIn, recognition::evidence::attest);
    t.get("/recognition/files/{file}", SignedIn, recognition::evidence::file);
    t.get("/recognition/delegates", Developer, recognition::delegates::show);
    t.post("/recognition/delegates", Developer, recognition::delegates::name);
    t.post("/recognition/delegates/{delegate}/end", Developer, recognition::delegates::end);

    t.get("/plan", SignedIn, courses::when::own);
    t.post("/plan", SignedIn, courses::when::book_own);
    t.get("/plans", Leads, courses::group::ask);
    t.post("/plans", Leads, courses::group::begin);
    t.get("/plans/{plan}", Leads, courses::group::show);
    t.post("/plans/{plan}/keep", Developer, courses::group::keep::keep);
    t.get("/people/{id}/plan", SignedIn, courses::when::theirs);
    t.post("/people/{id}/plan", SignedIn, courses::when::book_theirs);

    t.get("/mail", Staff, mailroom::list);
    t.get("/mail/{mail}", Staff, mailroom::show);
    t.get("/mail/{mail}/html", Staff, mailroom::document);
    t.post("/mail/{mail}/again", Staff, mailroom::again);

    t.get("/team", Leads, team::own);
    t.get("/team.csv", Leads, team::own_sheet);
    t.get("/team/{unit}.csv", Leads, team::unit_sheet);
    t.get("/team/{unit}", Leads, team::unit);

    t.get("/people", Leads, people::list::show);
    t.get("/people/unmapped", Staff, people::list::unmapped);
    t.get("/people/{id}", SignedIn, people::person);
    t.post("/people/{id}/roles", Leads, people::give_role);
    t.post("/people/{id}/roles/{given}/end", Leads, people::end_role);
    t.get("/people/{id}/missed", SignedIn, attendance::missed::show);
    t.get("/people/{id}/absences", SignedIn, people::absences::show);
    t.post("/people/{id}/absences", SignedIn, people::absences::note);
    t.post("/people/{id}/absences/{absence}/remove", SignedIn, people::absences::remove);
    t.post("/people/{id}/hats", Administrator, people::change_hat);

    t.get("/api/v1/openapi.json", Anyone, api::document);
    t.get("/api/v1/me", SignedIn, api::me);
    t.get("/api/v1/people", SignedIn, api::people);
    t.get("/api/v1/people/{person}", SignedIn, api::person);
    t.get("/api/v1/people/{person}/assignments", SignedIn, api::assignments);
    t.post("/api/v1/people/{person}/assignments", Leads, api::assign);
    t.post("/api/v1/assignments/{assignment}/end", Leads, api::end_assignment);
    t.get("/api/v1/people/{person}/achievements", SignedIn, api::achievements);
    t.post("/api/v1/people/{person}/achievements", Developer, api::record_achievement);
    t.get("/api/v1/people/{person}/path", SignedIn, api::path);
    t.get("/api/v1/people/{person}/plan", SignedIn, api::plan);
    t.get("/api/v1/people/{person}/assessments", SignedIn, api::assessments);
    t.post("/api/v1/people/{person}/assessments/{module}", SignedIn, api::assess);
    t.get("/api/v1/occasions/{occasion}/assessments", SignedIn, api::occasion_assessments);
    t.post("/api/v1/people/{person}/recognitions", SignedIn, api::ask_recognition);
    t.get("/api/v1/people/{person}/evidence", SignedIn, api::evidence);
    t.get("/api/v1/recognitions", SignedIn, api::recognitions);
    t.get("/api/v1/recognitions/{recognition}", SignedIn, api::recognition);
    t.post("/api/v1/recognitions/{recognition}/decision", SignedIn, api::decide_recognition);
    t.get("/api/v1/units", SignedIn, api::units);
    t.get("/api/v1/units/{unit}/gap", Leads, api::gap);
    t.post("/api/v1/plans", Leads, api::ask_group);
    t.get("/api/v1/plans/{plan}", Leads, api::group_plan);
    t.get("/api/v1/editions", Developer, api::editions);
    t.post("/api/v1/editions", Developer, api::create_edition);
    t.get("/api/v1/editions/{edition}", Developer, api::edition);
    t.get("/api/v1/editions/{edition}/enrolments", Developer, api::enrolments);
    t.post("/api/v1/editions/{edition}/enrolments", Developer, api::enrol);
    t.delete("/api/v1/editions/{edition}/enrolments/{person}", Developer, api::leave);
    t.get("/api/v1/occasions", SignedIn, api::occasions);
    t.post("/api/v1/occasions", Developer, api::open_occasion);
    t.get("/api/v1/occasions/{occasion}", Developer, api::occasion);
    t.put("/api/v1/occasions/{occasion}", Developer, api::change_occasion);
    t.post("/api/v1/occasions/{occasion}/bookings", SignedIn, api::book);
    t.get("/api/v1/people/{person}/bookings", SignedIn, api::bookings);
    t.post("/api/v1/occasions/{occasion}/call-off", Developer, api::call_off_occasion);
    t.post("/api/v1/occasions/{occasion}/give-anyway", Developer, api::give_occasion_anyway);
    t.post("/api/v1/occasions/{occasion}/attendance", Developer, api::mark_attendance);
    t.get("/api/v1/notices", Staff, api::notices);
    t.post("/api/v1/notices/{notice}/send-again", Staff, api::send_again);
    t.get("/api/v1/curriculum", SignedIn, api::curriculum);

    t
}

/// The main menu, as long as the actor's hats make it.
pub fn menu(actor: &Actor) -> Vec<NavItem> {
    let everyone = sees_everyone(actor);
    let item = |shown: bool, href, label, also| shown.then_some(NavItem { href, label, also });
    [
        item(true, "/", "nav-path", &["/me"]),
        item(actor.is_manager(), "/team", "nav-team", &[]),
        item(true, "/occasions", "nav-occasions", &["/plan", "/plans", "/assessments"]),
        item(true, "/curriculum", "nav-curriculum", &[]),
        item(true, "/recognition", "nav-recognition", &[]),
        item(actor.hats.developer, "/designer", "nav-designer", &[]),
        item(actor.hats.developer, "/editions", "nav-editions", &[]),
        item(everyone || actor.is_manager(), "/people", "nav-people", &[]),
        item(everyone, "/mail", "nav-mail", &[]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Routes with their rules.
#[derive(Default)]
pub struct Table {
    routes: Vec<Route>,
}

/// One line of the table.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    /// The rule's name.
    pub rule: &'static str,
    mount: Mount,
}

type Mount = Box<dyn Fn(Resource) -> Resource>;

impl Table {
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Puts every route into an app, those of one path together, so that a path knows which methods it has.
    pub fn mount(&self, config: &mut ServiceConfig) {
        let mut mounted: Vec<&str> = Vec::new();
        for Route { path, .. } in &self.routes {
            if mounted.contains(path) {
                continue;
            }
            mounted.push(path);
            let routes = || self.routes.iter().filter(|route| route.path == *path);
            let resource = routes().fold(web::resource(*path), |resource, route| (route.mount)(resource));
            let methods: Vec<&str> = routes().flat_map(Route::methods).collect();
            config.service(resource.default_service(web::to(other_method(methods.join(", ")))));
        }
    }

    fn get<R: Rule, H, Args>(&mut self, path: &'static str, rule: R, handler: H)
    where
        H: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + GuardedBy<R> + 'static,
    {
        self.add(Method::GET, path, rule, handler);
    }

    fn post<R: Rule, H, Args>(&mut self, path: &'static str, rule: R, handler: H)
    where
        H: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + GuardedBy<R> + 'static,
    {
        self.add(Method::POST, path, rule, handler);
    }

    fn put<R: Rule, H, Args>(&mut self, path: &'static str, rule: R, handler: H)
    where
        H: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + GuardedBy<R> + 'static,
    {
        self.add(Method::PUT, path, rule, handler);
    }

    fn delete<R: Rule, H, Args>(&mut self, path: &'static str, rule: R, handler: H)
    where
        H: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + GuardedBy<R> + 'static,
    {
        self.add(Method::DELETE, path, rule, handler);
    }

    fn add<R: Rule, H, Args>(&mut self, method: Method, path: &'static str, _rule: R, handler: H)
    where
        H: Handler<Args, Output: Responder + 'static>,
        Args: FromRequest + GuardedBy<R> + 'static,
    {
        let verb = method.clone();
        let mount = move |resource: Resource| {
            let guard = guard::Any(guard::Method(verb.clone())).or(guard::Method(head_of(&verb)));
            resource.route(web::route().guard(guard).to(handler.clone()))
        };
        self.routes.push(Route { method, path, rule: R::NAME, mount: Box::new(mount) });
    }
}

impl Route {
    fn methods(&self) -> impl Iterator<Item = &str> {
        let head = (self.method == Method::GET).then_some("HEAD");
        [self.method.as_str()].into_iter().chain(head)
    }
}

/// HEAD is answered where GET is, without the body.
fn head_of(method: &Method) -> Method {
    if method == Method::GET { Method::HEAD } else { method.clone() }
}

/// Answers a method that the path does not have; the pages for problems word it.
fn other_method(allowed: String) -> impl Fn() -> std::future::Ready<HttpResponse> + Clone {
    move || {
        let allow = (header::ALLOW, allowed.clone());
        std::future::ready(HttpResponse::MethodNotAllowed().insert_header(allow).finish())
    }
}

/// Arguments of a handler that begin with [`May`] for rule `R`.
pub trait GuardedBy<R: Rule> {}

macro_rules! guarded {
    ($($other:ident)*) => {
        impl<R: Rule, $($other),*> GuardedBy<R> for (May<R>, $($other),*) {}
    };
}

guarded!();
guarded!(A);
guarded!(A B);
guarded!(A B C);
guarded!(A B C D);
guarded!(A B C D E);
guarded!(A B C D E F);
