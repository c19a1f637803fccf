// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/waived.h>

#include <review/decision.h>
#include <review/standing.h>

#include "samples.h"

#include <QTest>

using namespace tenken;

namespace {

const QDate today(2026, 11, 20);
const QString id = QStringLiteral("performance.event-capacity");
const QString deployment = QStringLiteral("Deployment/shop/api");

Finding finding(Verdict verdict, const QString &container = QStringLiteral("app"), const QString &title = QStringLiteral("CPU"))
{
    Finding f;
    f.rule = QStringLiteral("pod-resources");
    f.verdict = verdict;
    f.object = deployment;
    f.container = container;
    f.title = {title + QStringLiteral("の上限"), title + QStringLiteral(" limit")};
    f.reason = {QStringLiteral("理由"), QStringLiteral("Reason")};
    return f;
}

Waiver ofFinding(int days = 7)
{
    Waiver w = samples::waiver(today.addDays(days));
    w.control.clear(); // a part needs none
    w.rule = QStringLiteral("pod-resources");
    w.object = deployment;
    w.container = QStringLiteral("app");
    return w;
}

Waiver ofParameter(double value, int days = 7)
{
    Waiver w = samples::waiver(today.addDays(days));
    w.parameter = QStringLiteral("headroom");
    w.value = value;
    return w;
}

struct Setting {
    Checklist checklist = samples::checklist({samples::item(id)});
    Assessment judged;
    Review review = samples::review(checklist);
    std::vector<Waiver> &waivers() { return review.items[0].waivers; }
    Assessment assessment() const { return withWaivers(judged, &review, today); }
    ItemStanding standing(const Assessment &a) const
    {
        return standingOf(checklist.sections[0].items[0], &a.items[0], &review.items[0], today);
    }
    QStringList problems() const
    {
        QStringList lines;
        for (const Problem &p : waiverProblems(assessment(), review, today))
            lines << p.toString(Lang::En);
        return lines;
    }
};

Setting with(const std::vector<Finding> &findings)
{
    Setting s;
    ItemResult result = samples::result(id, verdictOf(findings));
    result.strict = result.verdict;
    result.findings = findings;
    s.judged.items = {result};
    return s;
}

/// A real evaluation: 4 pods at 100 req/s for a peak of 300, headroom 0.5 in the checklist.
Setting withOverrides(const QByteArray &overrides)
{
    static const QByteArray yaml = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\n"
                                   "spec: {replicas: 4, template: {spec: {containers: [{name: app}]}}}\n";
    Setting s;
    s.checklist.sections[0].items[0].rules = {RuleUse{QStringLiteral("event-capacity"), {{QStringLiteral("headroom"), 0.5}}, {}, {}}};
    Evidence e;
    e.manifests = std::make_shared<Manifests>(readManifests({YamlFile::parse(yaml, QStringLiteral("k8s.yaml"))}).value);
    const auto file = YamlFile::parse("format: tenken.service/1\nid: a\ncapacity:\n  per-pod: 100\n  events: [{id: e, peak: 300}]\n"
                                      "overrides:\n" + overrides, QStringLiteral("readiness/service.yaml"));
    e.service = readService(*file).value;
    s.judged = evaluate(s.checklist, e);
    return s;
}

QByteArray override(const QByteArray &value, const QByteArray &parameter = "headroom")
{
    return "  - {item: performance.event-capacity, parameter: " + parameter + ", value: " + value + ", reason: because}\n";
}

} // namespace

class TestWaived : public QObject
{
    Q_OBJECT
private slots:
    void finding_data();
    void finding();
    void nothingLeftIsNoPass();
    void passingIsNotWaived();
    void rejectionStandsOverIt();
    void wholeItemStaysSeparate();
    void parameter_data();
    void parameter();
    void severalLoosenings();
    void problems_data();
    void problems();
    void misspeltTargetDoesNotWiden_data();
    void misspeltTargetDoesNotWiden();
    void fileKeepsThem();
    void mergeKeepsThemApart();
    void warnThatCounts_data();
    void warnThatCounts();
    void warnOfALooseningCounts();
    void withoutReviewNothingChanges();
};

void TestWaived::finding_data()
{
    QTest::addColumn<Waiver>("waiver");
    QTest::addColumn<bool>("counts");
    const auto row = [](const char *name, bool counts, auto change) {
        Waiver w = ofFinding();
        change(w);
        QTest::newRow(name) << w << counts;
    };
    row("named", true, [](Waiver &) {});
    row("title in Japanese", true, [](Waiver &w) { w.finding = QStringLiteral("CPUの上限"); });
    row("title in English", true, [](Waiver &w) { w.finding = QStringLiteral("CPU limit"); });
    row("another title", false, [](Waiver &w) { w.finding = QStringLiteral("memory limit"); });
    row("another container", false, [](Waiver &w) { w.container = QStringLiteral("proxy"); });
    row("no container", false, [](Waiver &w) { w.container.clear(); });
    row("another object", false, [](Waiver &w) { w.object = QStringLiteral("Deployment/shop/web"); });
    row("no object", false, [](Waiver &w) { w.object.clear(); });
    row("another rule", false, [](Waiver &w) { w.rule = QStringLiteral("zone-loss"); });
    row("no rule", false, [](Waiver &w) { w.rule.clear(); });
    row("last day", true, [](Waiver &w) { w.expires = today; });
    row("expired yesterday", false, [](Waiver &w) { w.expires = today.addDays(-1); });
    row("no expiry", false, [](Waiver &w) { w.expires = {}; });
    row("no reason", false, [](Waiver &w) { w.reason = QStringLiteral("  "); });
    row("approved by the requester", false, [](Waiver &w) { w.approver = w.requester; });
    row("nobody approved", false, [](Waiver &w) { w.approver.clear(); });
    row("unclear", false, [](Waiver &w) { w.unclear = true; });
}

void TestWaived::finding()
{
    QFETCH(Waiver, waiver);
    QFETCH(bool, counts);
    Setting s = with({::finding(Verdict::Fail), ::finding(Verdict::Pass, QStringLiteral("other"))});
    s.waivers() = {waiver};
    const Assessment a = s.assessment();
    const ItemResult &item = a.items[0];
    QCOMPARE(item.findings.size(), size_t(2)); // it stays visible
    QCOMPARE(int(item.findings[0].verdict), int(Verdict::Fail));
    QCOMPARE(item.findings[0].waived.has_value(), counts);
    QCOMPARE(int(item.verdict), int(counts ? Verdict::Pass : Verdict::Fail));
    QCOMPARE(int(item.strict), int(Verdict::Fail));
    const ItemStanding standing = s.standing(a);
    QCOMPARE(toString(standing.standing), counts ? QStringLiteral("waived") : QStringLiteral("fail"));
    QCOMPARE(standing.waiver != nullptr, counts);
    QCOMPARE(s.problems().isEmpty(), counts);
    if (counts) {
        QCOMPARE(item.findings[0].waived->approver, QStringLiteral("鈴木"));
        QVERIFY2(standing.why.en.contains(QStringLiteral("pod-resources")), qPrintable(standing.why.en));
    }
}

void TestWaived::nothingLeftIsNoPass()
{
    for (const Verdict verdict : {Verdict::Fail, Verdict::Unknown}) {
        Setting s = with({::finding(verdict), ::finding(Verdict::NotApplicable, QStringLiteral("other"))});
        s.waivers() = {ofFinding()};
        const Assessment a = s.assessment();
        QCOMPARE(int(a.items[0].verdict), int(Verdict::Warn));
        QCOMPARE(toString(s.standing(a).standing), QStringLiteral("waived"));
    }
    Setting s = with({::finding(Verdict::Fail), ::finding(Verdict::Unknown, QStringLiteral("other"))});
    s.waivers() = {ofFinding()};
    QCOMPARE(int(s.assessment().items[0].verdict), int(Verdict::Unknown));
    QCOMPARE(toString(s.standing(s.assessment()).standing), QStringLiteral("unknown"));
}

void TestWaived::passingIsNotWaived()
{
    Setting s = with({::finding(Verdict::Pass)});
    s.waivers() = {ofFinding()};
    const Assessment a = s.assessment();
    QVERIFY(!a.items[0].findings[0].waived);
    QCOMPARE(toString(s.standing(a).standing), QStringLiteral("pass"));
    QVERIFY2(s.problems().value(0).contains(QStringLiteral("matches nothing")), qPrintable(s.problems().join(u'\n')));
    // A warning that is waived was no condition, and becomes none.
    Setting warned = with({::finding(Verdict::Warn), ::finding(Verdict::Pass, QStringLiteral("other"))});
    warned.waivers() = {ofFinding()};
    const Assessment w = warned.assessment();
    QCOMPARE(toString(warned.standing(w).standing), QStringLiteral("pass"));
}

void TestWaived::rejectionStandsOverIt()
{
    Setting s = with({::finding(Verdict::Fail), ::finding(Verdict::Pass, QStringLiteral("other"))});
    s.waivers() = {ofFinding()};
    s.review.items[0].reviewer.answer = ReviewAnswer::Reject;
    const Assessment a = s.assessment();
    QCOMPARE(toString(s.standing(a).standing), QStringLiteral("fail"));
}

void TestWaived::wholeItemStaysSeparate()
{
    // A waiver of one finding must never count as one of the item.
    Setting s = with({::finding(Verdict::Fail), ::finding(Verdict::Fail, QStringLiteral("other"))});
    s.waivers() = {ofFinding()};
    const Assessment a = s.assessment();
    QCOMPARE(toString(s.standing(a).standing), QStringLiteral("fail"));
    QVERIFY(!s.standing(a).why.en.contains(QStringLiteral("expired")));
    s.waivers().push_back(samples::waiver(today));
    QCOMPARE(toString(s.standing(s.assessment()).standing), QStringLiteral("waived"));
}

void TestWaived::parameter_data()
{
    QTest::addColumn<QByteArray>("value");   // the service's; 0.5 in the checklist, 0.33 is what there is
    QTest::addColumn<double>("waived");
    QTest::addColumn<int>("days");
    QTest::addColumn<bool>("applied");
    QTest::addColumn<QString>("standing");
    QTest::newRow("the same") << QByteArray("0.1") << 0.1 << 7 << true << "waived";
    QTest::newRow("not as loose") << QByteArray("0.2") << 0.1 << 7 << true << "waived";
    QTest::newRow("looser than waived") << QByteArray("0.05") << 0.1 << 7 << false << "fail";
    QTest::newRow("still too little") << QByteArray("0.4") << 0.1 << 7 << true << "fail";
    QTest::newRow("expired") << QByteArray("0.1") << 0.1 << -1 << false << "fail";
}

void TestWaived::parameter()
{
    QFETCH(QByteArray, value);
    QFETCH(double, waived);
    QFETCH(int, days);
    QFETCH(bool, applied);
    QFETCH(QString, standing);
    Setting s = withOverrides(override(value));
    QCOMPARE(int(s.judged.items[0].verdict), int(Verdict::Fail));
    QCOMPARE(s.judged.items[0].loosened.size(), size_t(1));
    s.waivers() = {ofParameter(waived, days)};
    const Assessment a = s.assessment();
    QCOMPARE(a.items[0].loosened[0].waived.has_value(), applied);
    QCOMPARE(toString(s.standing(a).standing), standing);
    QCOMPARE(a.items[0].loosened[0].words().en.contains(QStringLiteral("applied under a waiver")), applied);
    QCOMPARE(s.problems().isEmpty(), applied);
    if (applied)
        QVERIFY(a.capacity->options.headroom < 0.5); // the chart shows what was judged
}

void TestWaived::severalLoosenings()
{
    Setting s = withOverrides(override("0.1") + override("0"));
    s.waivers() = {ofParameter(0.1)};
    Assessment a = s.assessment();
    QVERIFY(a.items[0].loosened[0].waived);
    QVERIFY(!a.items[0].loosened[1].waived);
    QCOMPARE(a.items[0].ifLoosened.size(), size_t(3));
    QCOMPARE(a.capacity->options.headroom, 0.1);
    s.waivers() = {ofParameter(0)};
    a = s.assessment();
    QCOMPARE(a.capacity->options.headroom, 0.0);

    Setting many = withOverrides(override("0.4") + override("0.3") + override("0.2") + override("0.1"));
    many.waivers() = {ofParameter(0.2)};
    QCOMPARE(int(many.assessment().items[0].verdict), int(Verdict::Fail)); // not all are covered: none applies
    many.waivers() = {ofParameter(0.1)};
    QCOMPARE(many.assessment().capacity->options.headroom, 0.1);
}

void TestWaived::problems_data()
{
    QTest::addColumn<Waiver>("waiver");
    QTest::addColumn<QString>("said");
    Waiver w = ofFinding(-2);
    QTest::newRow("expired") << w << "expired on 2026-11-18";
    w = ofFinding();
    w.rule = QStringLiteral("zone-loss");
    QTest::newRow("about nothing") << w << "matches nothing";
    w = ofFinding();
    w.requester = w.approver;
    QTest::newRow("approved by oneself") << w << "another person's approval";
    w = ofParameter(0.1);
    QTest::newRow("nothing loosened") << w << "parameter headroom set to 0.1: this waiver matches nothing";
    w = ofParameter(0.1);
    w.value.reset();
    QTest::newRow("no value") << w << "does not count";
}

void TestWaived::problems()
{
    QFETCH(Waiver, waiver);
    QFETCH(QString, said);
    Setting s = with({::finding(Verdict::Fail)});
    waiver.place.span = {12, 9, 15, 3};
    s.waivers() = {waiver};
    const QStringList problems = s.problems();
    QCOMPARE(problems.size(), 1);
    QVERIFY2(problems[0].startsWith(QStringLiteral("readiness/review.yaml:12:9: ") + id), qPrintable(problems[0]));
    QVERIFY2(problems[0].contains(said), qPrintable(problems[0]));
}

void TestWaived::misspeltTargetDoesNotWiden_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("misspelt rule") << QByteArray("        rul: pod-resources\n");
    QTest::newRow("misspelt parameter") << QByteArray("        paramter: headroom\n");
    QTest::newRow("rule as a list") << QByteArray("        rule: [pod-resources]\n");
    QTest::newRow("value in words") << QByteArray("        value: much\n");
    QTest::newRow("withdrawn in its own way") << QByteArray("        revoked: true\n");
    QTest::newRow("of one environment") << QByteArray("        environment: staging\n");
    QTest::newRow("of other items") << QByteArray("        items: [x.other]\n");
    QTest::newRow("object alone") << QByteArray("        object: Deployment/shop/api\n");
}

void TestWaived::misspeltTargetDoesNotWiden()
{
    QFETCH(QByteArray, target);
    Setting s = with({::finding(Verdict::Fail)});
    const QByteArray text = "format: tenken.review/1\nservice: id-auth\nchecklist: zozotown\nversion: \"2.1\"\nitems:\n  "
        + id.toUtf8() + ":\n    waivers:\n      - reason: r\n        requester: a\n        approver: b\n"
        "        control: c\n        expires: 2026-12-01\n";
    const auto whole = parseReview(text, samples::service(), s.checklist);
    QVERIFY(whole && whole->review.items[0].waivers[0].isComplete());
    const auto narrow = parseReview(text + target, samples::service(), s.checklist);
    QVERIFY(narrow);
    QVERIFY(!narrow->review.items[0].waivers[0].isComplete());
    s.review = narrow->review;
    QCOMPARE(toString(s.standing(s.assessment()).standing), QStringLiteral("fail"));
    const QStringList said = s.problems();
    QVERIFY2(said.size() == 1 && said[0].startsWith(QStringLiteral("readiness/review.yaml:8:")), qPrintable(said.join(u'\n')));
    // Saving keeps it so.
    const auto again = parseReview(writeReview(narrow->review, text + target), samples::service(), s.checklist);
    QVERIFY(again && again->review == narrow->review);
}

void TestWaived::fileKeepsThem()
{
    Setting s;
    s.waivers() = {ofFinding(), ofParameter(0.1), samples::waiver(today)};
    s.waivers()[0].link = QStringLiteral("https://example.com/T-1");
    s.waivers()[0].finding = QStringLiteral("CPUの上限");
    const QByteArray written = writeReview(s.review, {});
    const QByteArray expected = "        expires: 2026-11-27\n"
                                "        link: https://example.com/T-1\n"
                                "        rule: pod-resources\n"
                                "        object: Deployment/shop/api\n"
                                "        container: app\n"
                                "        finding: CPUの上限\n";
    QVERIFY2(written.contains(expected), written.constData());
    QVERIFY2(written.contains("        parameter: headroom\n        value: 0.1\n      - reason: |-\n"), written.constData());
    const auto read = parseReview(written, samples::service(), s.checklist);
    QVERIFY(read && read->review == s.review && read->problems.empty());
    QCOMPARE(writeReview(read->review, written), written);
    QVERIFY(read->review.items[0].waivers[1].place.span.isValid());
}

void TestWaived::mergeKeepsThemApart()
{
    Setting s;
    s.waivers() = {ofFinding()};
    Review ours = s.review, theirs = s.review;
    // Both add one for another container with the same words: two waivers.
    ours.items[0].waivers.push_back(ofFinding());
    ours.items[0].waivers.back().container = QStringLiteral("proxy");
    theirs.items[0].waivers.push_back(ofFinding());
    theirs.items[0].waivers.back().container = QStringLiteral("agent");
    auto merged = mergeReviews(s.review, ours, theirs);
    QVERIFY(merged.problems.empty());
    QCOMPARE(merged.value.items[0].waivers.size(), size_t(3));
    // One side withdraws the finding's, the other makes it one of the item: no field of one leaks into the other.
    ours = theirs = s.review;
    ours.items[0].waivers.clear();
    Waiver whole = samples::waiver(today);
    whole.reason = s.waivers()[0].reason;
    theirs.items[0].waivers = {whole};
    merged = mergeReviews(s.review, ours, theirs);
    QCOMPARE(merged.value.items[0].waivers, std::vector<Waiver>{whole});
    // The same entry, prolonged on one side and approved by somebody else on the other: nobody approved both.
    ours = theirs = s.review;
    ours.items[0].waivers[0].expires = today.addDays(30);
    theirs.items[0].waivers[0].approver = QStringLiteral("田中");
    merged = mergeReviews(s.review, ours, theirs);
    QCOMPARE(merged.value.items[0].waivers.size(), size_t(1));
    QCOMPARE(merged.value.items[0].waivers[0], ours.items[0].waivers[0]);
    QCOMPARE(merged.problems.size(), size_t(1));
}

/// Where the decision's rule takes a warn for not met, accepting it is a condition like any other: neither more nor
/// less.
void TestWaived::warnThatCounts_data()
{
    QTest::addColumn<std::vector<Finding>>("findings");
    QTest::addColumn<bool>("whole"); // the waiver is of the item, not of the container's finding
    QTest::addColumn<QString>("standing");
    QTest::addColumn<bool>("met"); // conditionally; else it is NO-GO where it is a must
    const Finding warns = ::finding(Verdict::Warn), other = ::finding(Verdict::Warn, QStringLiteral("other")),
                  passes = ::finding(Verdict::Pass, QStringLiteral("other"));
    const auto row = [](const char *name, const std::vector<Finding> &findings, bool whole, const char *standing, bool met) {
        QTest::newRow(name) << findings << whole << QString::fromLatin1(standing) << met;
    };
    row("one of two", {warns, passes}, false, "waived", true);
    row("the only one", {warns}, false, "waived", true);
    row("the item", {warns}, true, "waived", true);
    row("the item, of two", {warns, passes}, true, "waived", true);
    row("another one still warns", {warns, other}, false, "warn", false);
    row("another one warns beside a fail", {::finding(Verdict::Fail), other}, false, "warn", false);
    row("nobody waived that one", {other}, false, "warn", false);
}

void TestWaived::warnThatCounts()
{
    QFETCH(std::vector<Finding>, findings);
    QFETCH(bool, whole);
    QFETCH(QString, standing);
    QFETCH(bool, met);
    for (const Level level : {Level::Must, Level::Should}) {
        Setting s = with(findings);
        s.checklist.sections[0].items[0].level = level;
        s.checklist.decision.noGoOnMust << QStringLiteral("warn");
        s.checklist.decision.conditionalOnShould << QStringLiteral("warn");
        s.waivers() = {whole ? samples::waiver(today.addDays(7)) : ofFinding()};
        const Assessment a = s.assessment();
        const Outcome outcome = decide(s.checklist, a, &s.review, today);
        QCOMPARE(toString(outcome.items[0].standing), standing);
        QCOMPARE(outcome.items[0].waiver != nullptr, met);
        const bool noGo = !met && level == Level::Must;
        QCOMPARE(toString(outcome.decision), toString(noGo ? Decision::NoGo : Decision::ConditionalGo));
        // When the waiver ended the machine's word holds again, as the forecast says.
        const QDate later = today.addDays(8);
        const Outcome after = decide(s.checklist, withWaivers(s.judged, &s.review, later), &s.review, later);
        QCOMPARE(toString(after.decision), toString(level == Level::Must ? Decision::NoGo : Decision::ConditionalGo));
        // Of a level whose reasons do not name it, a warn is met as ever.
        (level == Level::Must ? s.checklist.decision.noGoOnMust : s.checklist.decision.conditionalOnShould).removeLast();
        const bool failed = findings.front().verdict == Verdict::Fail;
        QCOMPARE(decide(s.checklist, a, &s.review, today).items[0].waiver != nullptr, failed);
    }
}

/// Strictly it warns; with the value that the service asked for it passes.
void TestWaived::warnOfALooseningCounts()
{
    Setting s = with({::finding(Verdict::Warn)});
    s.checklist.decision.noGoOnMust << QStringLiteral("warn");
    ItemResult &item = s.judged.items[0];
    item.loosened = {Loosening{0, QStringLiteral("headroom"), 0.5, 0.1, true, QStringLiteral("because"), {}, {}}};
    item.ifLoosened = {LoosenedFindings{{0}, {::finding(Verdict::Pass)}}};
    s.waivers() = {ofParameter(0.1)};
    const Outcome outcome = decide(s.checklist, s.assessment(), &s.review, today);
    QCOMPARE(toString(outcome.items[0].standing), QStringLiteral("waived"));
    QCOMPARE(toString(outcome.decision), toString(Decision::ConditionalGo));
}

void TestWaived::withoutReviewNothingChanges()
{
    Setting s = withOverrides(override("0.1"));
    const Assessment a = withWaivers(s.judged, nullptr, today);
    QCOMPARE(int(a.items[0].verdict), int(Verdict::Fail));
    QVERIFY(!a.items[0].loosened[0].waived);
}

QTEST_GUILESS_MAIN(TestWaived)
#include "tst_waived.moc"
