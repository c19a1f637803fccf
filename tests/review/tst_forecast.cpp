// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/forecast.h>

#include <review/reviewfile.h>
#include <review/standing.h>
#include <review/waived.h>

#include "judged.h"
#include "samples.h"

#include <QTest>

using namespace tenken;

namespace {

const QDate today(2026, 11, 20);

/// Three stages, one must item for each, and a should item for the last.
struct Setting {
    Checklist checklist;
    Assessment assessment;
    Review review;

    Setting()
    {
        std::vector<Item> items{samples::item(QStringLiteral("a.first")), samples::item(QStringLiteral("a.tenth")),
                                samples::item(QStringLiteral("a.all")), samples::item(QStringLiteral("a.nice"), Level::Should)};
        items[1].from = QStringLiteral("10%");
        items[2].from = items[3].from = QStringLiteral("100%");
        checklist = samples::checklist(items);
        checklist.stages = {{QStringLiteral("1%"), sameText(QStringLiteral("1 %"))},
                            {QStringLiteral("10%"), sameText(QStringLiteral("10 %"))},
                            {QStringLiteral("100%"), sameText(QStringLiteral("100 %"))}};
        for (const Item &item : items)
            assessment.items.push_back(samples::result(item.id, Verdict::Pass));
        review = samples::review(checklist);
    }

    void judge(size_t index, Verdict verdict) { assessment.items[index].verdict = assessment.items[index].strict = verdict; }
    Outcome decided(const QString &stage = {}, const QDate &day = today) const
    {
        return decide(checklist, assessment, &review, day, stage);
    }
    QString stages() const
    {
        QStringList words;
        for (const StageOutcome &stage : decided().stages)
            words << toString(stage.decision);
        return words.join(u' ');
    }
};

} // namespace

class TestForecast : public QObject
{
    Q_OBJECT

private slots:
    void stages_data();
    void stages();
    void theReviewAppliesForAStage();
    void aStageThatIsNotThere();
    void stageTiles();
    void aLaterStageNeverAsksLess();
    void withoutStages();
    void waiverEnds();
    void severalEndings();
    void answerGrowsOld();
    void recordGrowsOld();
    void findingsWaiverEnds();
    void forecastAgreesWithTheDay();
    void neverWaived_data();
    void neverWaived();
    void neverWaivedFinding();
    void overridesNeedAReason_data();
    void overridesNeedAReason();
};

void TestForecast::stages_data()
{
    QTest::addColumn<QList<int>>("verdicts"); ///< first, tenth, all, nice (should)
    QTest::addColumn<QString>("expected");
    constexpr int pass = int(Verdict::Pass), fail = int(Verdict::Fail), unknown = int(Verdict::Unknown), na = int(Verdict::NotApplicable);
    QTest::newRow("all pass") << QList<int>{pass, pass, pass, pass} << "GO GO GO";
    QTest::newRow("last fails") << QList<int>{pass, pass, fail, pass} << "GO GO NO-GO";
    QTest::newRow("middle unknown") << QList<int>{pass, unknown, pass, pass} << "GO NO-GO NO-GO";
    QTest::newRow("first fails") << QList<int>{fail, pass, pass, pass} << "NO-GO NO-GO NO-GO";
    QTest::newRow("a should of the last") << QList<int>{pass, pass, pass, fail} << "GO GO CONDITIONAL GO";
    QTest::newRow("nothing applies to the first") << QList<int>{na, pass, pass, pass} << "NO-GO GO GO";
}

void TestForecast::stages()
{
    QFETCH(QList<int>, verdicts);
    QFETCH(QString, expected);
    Setting s;
    for (qsizetype i = 0; i < verdicts.size(); ++i)
        s.judge(size_t(i), Verdict(verdicts[i]));
    QCOMPARE(s.stages(), expected);
    const Outcome outcome = s.decided();
    QVERIFY(outcome.decision == outcome.stages.back().decision); // the last, where nothing is said
    QVERIFY(outcome.appliedStage() == &outcome.stages.back());
}

void TestForecast::theReviewAppliesForAStage()
{
    Setting s;
    s.judge(2, Verdict::Fail);
    QVERIFY(s.decided().decision == Decision::NoGo);
    s.review.stage = QStringLiteral("10%");
    Outcome outcome = s.decided();
    QVERIFY(outcome.decision == Decision::Go);
    QCOMPARE(outcome.appliedStage()->id, QStringLiteral("10%"));
    QVERIFY(outcome.blockers().empty());
    QVERIFY(!outcome.items[2].needed && !outcome.items[2].blocks);
    QVERIFY2(outcome.lead.en.contains(QStringLiteral("All 2 items")), qPrintable(outcome.lead.en));
    QCOMPARE(outcome.total.total(), 4); // counted all the same
    outcome = s.decided(QStringLiteral("100%")); // asked for: goes before what the review says
    QVERIFY(outcome.decision == Decision::NoGo);
    QCOMPARE(outcome.blockers().size(), 1u);
}

void TestForecast::aStageThatIsNotThere()
{
    Setting s;
    s.judge(2, Verdict::Fail);
    s.review.stage = QStringLiteral("1");
    const Outcome outcome = s.decided();
    QVERIFY(outcome.decision == Decision::NoGo); // taken for the last
    const auto problems = decisionProblems(outcome, s.checklist, s.review);
    QCOMPARE(problems.size(), 1u);
    QVERIFY2(problems[0].toString(Lang::En).contains(QStringLiteral("Did you mean `1%`?")), qPrintable(problems[0].toString(Lang::En)));
}

void TestForecast::stageTiles()
{
    Setting s;
    s.judge(1, Verdict::Fail);
    s.judge(2, Verdict::Unknown);
    s.review.items[1].waivers = {samples::waiver()};
    const auto tiles = s.decided().stages;
    QCOMPARE(tiles[0].lead.en, QStringLiteral("1 must item is met"));
    QCOMPARE(tiles[0].lead.ja, QStringLiteral("必須 1 項目を満たしています"));
    QCOMPARE(tiles[1].lead.en, QStringLiteral("1 waiver (Title of a.tenth)"));
    QCOMPARE(tiles[2].lead.ja, QStringLiteral("必須の不明 1 件"));
    QCOMPARE(tiles[2].blockers, std::vector<QString>{QStringLiteral("a.all")});
    QCOMPARE(tiles[2].needed, 4);
}

void TestForecast::aLaterStageNeverAsksLess()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 500; ++round) {
        Setting s;
        for (size_t i = 0; i < 4; ++i)
            s.judge(i, Verdict(random.bounded(4))); // n/a aside: a stage without anything is no GO
        const auto stages = s.decided().stages;
        for (size_t i = 1; i < stages.size(); ++i)
            QVERIFY(int(stages[i].decision) >= int(stages[i - 1].decision));
    }
}

void TestForecast::withoutStages()
{
    Setting s;
    s.checklist.stages.clear();
    s.judge(2, Verdict::Fail);
    const Outcome outcome = s.decided();
    QVERIFY(outcome.stages.empty() && !outcome.appliedStage());
    QVERIFY(outcome.decision == Decision::NoGo && outcome.items[2].needed);
}

void TestForecast::waiverEnds()
{
    Setting s;
    s.judge(2, Verdict::Fail);
    s.review.items[2].waivers = {samples::waiver(QDate(2026, 11, 30))};
    const Outcome outcome = s.decided();
    QVERIFY(outcome.decision == Decision::ConditionalGo);
    QCOMPARE(outcome.forecast.size(), 1u);
    QCOMPARE(outcome.forecast[0].day, QDate(2026, 12, 1));
    QVERIFY(outcome.forecast[0].decision == Decision::NoGo);
    QCOMPARE(outcome.forecast[0].items, std::vector<QString>{QStringLiteral("a.all")});
    QCOMPARE(sentenceOf(outcome.forecast[0], outcome.decision, today).en,
             QStringLiteral("On 1 December this drops to NO-GO: the waiver of “Title of a.all” ends."));
    QVERIFY2(outcome.lead.en.contains(QStringLiteral("expires on 30 November; the day after, this drops to NO-GO")), qPrintable(outcome.lead.en));
    // Applying for less, nothing ends.
    QVERIFY(s.decided(QStringLiteral("10%")).forecast.empty());
}

void TestForecast::severalEndings()
{
    Setting s;
    s.judge(0, Verdict::Fail);
    s.judge(3, Verdict::Fail);
    s.review.items[0].waivers = {samples::waiver(QDate(2026, 12, 10))};
    s.review.items[3].waivers = {samples::waiver(QDate(2026, 11, 25))};
    s.review.items[1].waivers = {samples::waiver(QDate(2026, 12, 10))}; // needless: it passes
    const auto forecast = s.decided().forecast;
    QCOMPARE(forecast.size(), 1u); // a should that is waived no longer is conditional as before
    QCOMPARE(forecast[0].day, QDate(2026, 12, 11));
    QVERIFY2(!forecast[0].why.en.contains(QStringLiteral("a.tenth")), qPrintable(forecast[0].why.en));
    s.review.items[0].waivers.push_back(samples::waiver(QDate(2027, 12, 31))); // beyond the horizon
    QVERIFY(s.decided().forecast.empty());
}

void TestForecast::answerGrowsOld()
{
    Setting s;
    Item &item = s.checklist.sections[0].items[1];
    item.rules.clear();
    item.validFor = Validity{0, 1};
    s.assessment.items[1].machine = false;
    s.review.items[1].team = {TeamAnswer::Pass, QStringLiteral("seen"), {}, QStringLiteral("A"), samples::at(0)};
    const Outcome outcome = s.decided();
    QVERIFY(outcome.decision == Decision::Go);
    QCOMPARE(outcome.forecast.size(), 1u);
    QCOMPARE(outcome.forecast[0].day, QDate(2026, 12, 21));
    QVERIFY2(outcome.lead.en.endsWith(QStringLiteral("On 21 December this drops to NO-GO: the answer to “Title of a.tenth” grows too old.")),
             qPrintable(outcome.lead.en));
}

void TestForecast::recordGrowsOld()
{
    samples::JudgedFolder folder;
    folder.write("readiness/tests/loss.yaml",
                 "format: tenken.test/1\nkind: dependency-return\nenvironment: staging\nstarted: 2026-11-01T10:00:00+09:00\n"
                 "who: A\nresult: pass\noutcome: {dependency: db, recovery-seconds: 5, balanced: true, reconnected: true}\n");
    folder.write("readiness/service.yaml", "format: tenken.service/1\nid: shop\nevidence:\n  manifests: [k8s/]\n"
                                           "dependencies:\n  - {id: db, kind: rds}\n");
    const auto judgedWith = [&](const QByteArray &keys) {
        const Checklist checklist = samples::checklistFrom(
            "format: tenken.checklist/1\nid: own\nversion: \"2\"\ntitle: Own\nsections:\n  - id: s\n    title: S\n    items:\n"
            "      - {id: s.back, title: Back, question: Q, " + keys + "rules: [{rule: dependency-return, parameters: {valid-days: 60}}]}\n");
        QDate until;
        for (const Finding &f : evaluate(checklist, folder.read(today)).items[0].findings)
            until = f.holdsUntil.isValid() ? f.holdsUntil : until;
        return until;
    };
    QCOMPARE(judgedWith({}), QDate(2026, 12, 31));
    QCOMPARE(judgedWith("valid-for: 30d, "), QDate(2026, 12, 1)); // the item's validity is for records too
    QCOMPARE(judgedWith("valid-for: 12mo, "), QDate(2026, 12, 31));

    Setting s;
    Finding finding;
    finding.verdict = Verdict::Pass;
    finding.holdsUntil = QDate(2026, 12, 31);
    s.assessment.items[0].findings = {finding};
    const auto forecast = s.decided().forecast;
    QCOMPARE(forecast.size(), 1u);
    QCOMPARE(forecast[0].day, QDate(2027, 1, 1));
    QVERIFY(forecast[0].why.en.contains(QStringLiteral("the record behind")));
    QCOMPARE(sentenceOf(forecast[0], Decision::Go, today).ja.left(16), QStringLiteral("2027 年 1 月 1 日に NO-GO になります").left(16));
}

void TestForecast::findingsWaiverEnds()
{
    Setting s;
    Finding bad;
    bad.rule = QStringLiteral("graceful-stop");
    bad.object = QStringLiteral("Deployment/a");
    bad.verdict = Verdict::Fail;
    s.assessment.items[0].findings = {bad};
    s.judge(0, Verdict::Fail);
    Waiver waiver = samples::waiver(QDate(2026, 11, 25));
    waiver.rule = bad.rule;
    waiver.object = bad.object;
    s.review.items[0].waivers = {waiver};
    s.assessment = withWaivers(s.assessment, &s.review, today);
    const Outcome outcome = s.decided();
    QVERIFY(outcome.decision == Decision::ConditionalGo);
    QCOMPARE(outcome.forecast.size(), 1u);
    QCOMPARE(outcome.forecast[0].day, QDate(2026, 11, 26));
    QVERIFY(outcome.forecast[0].decision == Decision::NoGo);
}

/// What was foretold is what is decided on that day.
void TestForecast::forecastAgreesWithTheDay()
{
    QRandomGenerator random(11);
    int changes = 0;
    for (int round = 0; round < 300; ++round) {
        Setting s;
        for (size_t i = 0; i < 4; ++i) {
            s.judge(i, random.bounded(2) ? Verdict::Fail : Verdict::Pass);
            for (int n = int(random.bounded(3)); n > 0; --n)
                s.review.items[i].waivers.push_back(samples::waiver(today.addDays(random.bounded(40))));
        }
        const Outcome now = s.decided();
        Decision expected = now.decision;
        auto change = now.forecast.begin();
        for (int day = 0; day < 45; ++day) {
            if (change != now.forecast.end() && change->day == today.addDays(day)) {
                expected = change->decision;
                ++change;
                ++changes;
            }
            QVERIFY(s.decided({}, today.addDays(day)).decision == expected);
        }
        QVERIFY(change == now.forecast.end());
    }
    QVERIFY2(changes > 30, qPrintable(QString::number(changes)));
}

void TestForecast::neverWaived_data()
{
    QTest::addColumn<int>("verdict");
    QTest::addColumn<QString>("standing");
    QTest::newRow("fail") << int(Verdict::Fail) << "fail";
    QTest::newRow("unknown") << int(Verdict::Unknown) << "unknown";
    QTest::newRow("pass") << int(Verdict::Pass) << "pass";
}

void TestForecast::neverWaived()
{
    QFETCH(int, verdict);
    QFETCH(QString, standing);
    Setting s;
    s.judge(0, Verdict(verdict));
    Item &item = s.checklist.sections[0].items[0];
    item.waivable = false;
    item.neverWaived = {QStringLiteral("理由。"), QStringLiteral("Because.")};
    s.review.items[0].waivers = {samples::waiver()};
    s.review.items[0].reviewer.answer = ReviewAnswer::Waive;
    const Outcome outcome = s.decided();
    QCOMPARE(toString(outcome.items[0].standing), standing);
    QVERIFY(!outcome.items[0].waiver);
    QVERIFY(outcome.forecast.empty());
    if (standing != u"pass")
        QVERIFY2(outcome.items[0].why.en.endsWith(QStringLiteral("This item cannot be waived. Because.")), qPrintable(outcome.items[0].why.en));
}

void TestForecast::neverWaivedFinding()
{
    Setting s;
    Finding bad;
    bad.rule = QStringLiteral("graceful-stop");
    bad.verdict = Verdict::Fail;
    s.assessment.items[0].findings = {bad};
    s.judge(0, Verdict::Fail);
    s.assessment.items[0].waivable = s.checklist.sections[0].items[0].waivable = false;
    Waiver waiver = samples::waiver();
    waiver.rule = bad.rule;
    s.review.items[0].waivers = {waiver};
    const Assessment taken = withWaivers(s.assessment, &s.review, today);
    QVERIFY(!taken.items[0].findings[0].waived);
    const auto problems = waiverProblems(taken, s.review, today);
    QCOMPARE(problems.size(), 1u);
    QVERIFY(problems[0].message.en.contains(QStringLiteral("cannot be waived")));
}

void TestForecast::overridesNeedAReason_data()
{
    QTest::addColumn<int>("verdict");
    QTest::addColumn<int>("team");
    QTest::addColumn<int>("reviewer");
    QTest::addColumn<QString>("note");
    QTest::addColumn<bool>("overrides");
    QTest::addColumn<bool>("unexplained");
    const int fail = int(Verdict::Fail), pass = int(Verdict::Pass);
    const int teamPass = int(TeamAnswer::Pass), open = 0, accept = int(ReviewAnswer::Accept);
    QTest::newRow("team pass, no note") << fail << teamPass << open << "" << true << true;
    QTest::newRow("team pass, blank") << fail << teamPass << open << " \n" << true << true;
    QTest::newRow("team pass, said why") << fail << teamPass << open << "why" << true << false;
    QTest::newRow("n/a") << fail << int(TeamAnswer::NotApplicable) << open << "" << true << true;
    QTest::newRow("accepted") << fail << open << accept << "" << true << true;
    QTest::newRow("team fails") << fail << int(TeamAnswer::Fail) << open << "" << false << false;
    QTest::newRow("rejected") << fail << open << int(ReviewAnswer::Reject) << "" << false << false;
    QTest::newRow("machine passes") << pass << teamPass << accept << "" << false << false;
}

void TestForecast::overridesNeedAReason()
{
    QFETCH(int, verdict);
    QFETCH(int, team);
    QFETCH(int, reviewer);
    QFETCH(QString, note);
    Setting s;
    s.judge(0, Verdict(verdict));
    s.review.items[0].team.answer = TeamAnswer(team);
    s.review.items[0].reviewer.answer = ReviewAnswer(reviewer);
    s.review.items[0].team.note = s.review.items[0].reviewer.note = note;
    const Outcome outcome = s.decided();
    QTEST(outcome.items[0].overridesFail, "overrides");
    QTEST(outcome.items[0].unexplained, "unexplained");
    const auto problems = decisionProblems(outcome, s.checklist, s.review);
    QCOMPARE(!problems.empty(), outcome.items[0].unexplained);
}

QTEST_APPLESS_MAIN(TestForecast)
#include "tst_forecast.moc"
