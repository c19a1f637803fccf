// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <items/checklistfilter.h>
#include <items/checklistmodel.h>

#include "review/samples.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tenken;

namespace {

const QDate today(2026, 11, 20);

/// Two sections and items that stand in every way.
struct Setting {
    Checklist checklist;
    Assessment assessment;
    Review review;

    Setting()
    {
        Section resilience, monitoring;
        resilience.id = QStringLiteral("resilience");
        resilience.title = {QStringLiteral("障害試験"), QStringLiteral("Failure testing")};
        monitoring.id = QStringLiteral("monitoring");
        monitoring.title = {QStringLiteral("監視"), QStringLiteral("Monitoring")};
        const auto add = [&](Section &section, const char *id, int machine, Level level = Level::Must) {
            section.items.push_back(samples::item(QString::fromLatin1(id), level, machine >= 0));
            assessment.items.push_back(samples::result(
                QString::fromLatin1(id), machine < 0 ? Verdict::Unknown : Verdict(machine), machine >= 0));
        };
        add(resilience, "resilience.stop", int(Verdict::Fail));
        add(resilience, "resilience.zone", int(Verdict::Pass));
        add(resilience, "resilience.rolling", int(Verdict::Unknown));
        add(monitoring, "monitoring.alert", int(Verdict::Warn), Level::Should);
        add(monitoring, "monitoring.log", -1);
        checklist.sections = {resilience, monitoring};
        review = samples::review(checklist);
        review.item(QStringLiteral("resilience.stop"))->team.answer = TeamAnswer::Pass;
        review.item(QStringLiteral("resilience.stop"))->team.by = QStringLiteral("A");
        review.item(QStringLiteral("resilience.zone"))->reviewer.answer = ReviewAnswer::Ask;
        review.item(QStringLiteral("monitoring.log"))->team = {
            TeamAnswer::Pass, QStringLiteral("Athena で見ています"), {}, QStringLiteral("A"), {}};
        Finding finding;
        finding.verdict = Verdict::Fail;
        finding.object = QStringLiteral("Deployment/shop/id-auth");
        finding.reason = {QStringLiteral("猶予が 15 s 足りません。"), QStringLiteral("The grace is 15 s short.")};
        assessment.items[0].findings = {finding};
    }

    Outcome outcome() const { return decide(checklist, assessment, &review, today); }
};

QString printed(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells << model.index(row, column, parent).data().toString();
        text += QString(depth * 2, u' ') + cells.join(u'|') + u'\n';
        text += printed(model, model.index(row, 0, parent), depth + 1);
    }
    return text;
}

} // namespace

class TestChecklistModel : public QObject
{
    Q_OBJECT

private slots:
    void empty();
    void tree();
    void roles();
    void accessible();
    void editsUpdateInPlace();
    void anotherChecklistResets();
    void language();
    void filters_data();
    void filters();
    void filterFollowsEdits();
    void counts();
};

void TestChecklistModel::empty()
{
    ChecklistModel model;
    const QAbstractItemModelTester tester(&model);
    ChecklistFilter filter;
    filter.setSourceModel(&model);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(filter.count(ChecklistFilter::ToDo), 0);
    model.setLanguage(Lang::En);
    model.show({}, {});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.indexOf(QStringLiteral("x")).isValid());
    QCOMPARE(model.itemId({}), QString());
}

void TestChecklistModel::tree()
{
    ChecklistModel model;
    const QAbstractItemModelTester tester(&model);
    const Setting setting;
    model.show(setting.checklist, setting.outcome());
    model.setLanguage(Lang::En);
    QCOMPARE(printed(model), QStringLiteral("Failure testing|1 / 3||\n"
                                            "  Title of resilience.stop|Fail|Pass|Open\n"
                                            "  Title of resilience.zone|Pass|Open|Ask\n"
                                            "  Title of resilience.rolling|Unknown|Open|Open\n"
                                            "Monitoring|1 / 2||\n"
                                            "  Title of monitoring.alert|Warn|Open|Open\n"
                                            "  Title of monitoring.log||Pass|Open\n"));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestChecklistModel::roles()
{
    ChecklistModel model;
    const Setting setting;
    model.show(setting.checklist, setting.outcome());
    const QModelIndex stop = model.indexOf(QStringLiteral("resilience.stop"));
    QVERIFY(stop.isValid());
    QCOMPARE(model.itemId(stop), QStringLiteral("resilience.stop"));
    QCOMPARE(stop.data(ChecklistModel::VerdictRole).toInt(), int(Verdict::Fail));
    QCOMPARE(stop.data(ChecklistModel::StandingRole).toInt(), int(Standing::Fail));
    QCOMPARE(stop.data(ChecklistModel::TeamAnswerRole).toInt(), int(TeamAnswer::Pass));
    QVERIFY(stop.data(ChecklistModel::DisagreementRole).toBool());
    QVERIFY(stop.data(ChecklistModel::BlocksRole).toBool());
    QVERIFY(!stop.data(ChecklistModel::IsSectionRole).toBool());
    const QModelIndex log = model.indexOf(QStringLiteral("monitoring.log"));
    QVERIFY(!log.data(ChecklistModel::VerdictRole).isValid());
    QCOMPARE(log.data(ChecklistModel::StandingRole).toInt(), int(Standing::Attested));
    const QModelIndex section = log.parent();
    QVERIFY(section.data(ChecklistModel::IsSectionRole).toBool());
    QCOMPARE(section.data(ChecklistModel::IdRole).toString(), QStringLiteral("monitoring"));
    QCOMPARE(model.itemId(section), QString());
    const auto count = section.data(ChecklistModel::CountsRole).value<SectionCount>();
    QCOMPARE(count.pass, 1);
    QCOMPARE(count.warn, 1);
    QVERIFY(model.roleNames().values().contains("disagreement"));
}

void TestChecklistModel::accessible()
{
    ChecklistModel model;
    const Setting setting;
    model.show(setting.checklist, setting.outcome());
    const QModelIndex stop = model.indexOf(QStringLiteral("resilience.stop"));
    QCOMPARE(stop.data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("resilience.stopの題、必須、機械 不合格、チーム 合格、レビュアー 未回答、意見の相違"));
    QCOMPARE(stop.siblingAtColumn(ChecklistModel::TeamColumn).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("合格"));
    model.setLanguage(Lang::En);
    QCOMPARE(stop.parent().data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Failure testing, pass 1, warn 0, fail 1, unknown 1, n/a 0"));
    QVERIFY(stop.data(Qt::ToolTipRole).toString().startsWith(QStringLiteral("Disagreement. ")));
}

void TestChecklistModel::editsUpdateInPlace()
{
    ChecklistModel model;
    const QAbstractItemModelTester tester(&model);
    Setting setting;
    model.show(setting.checklist, setting.outcome());
    const QPersistentModelIndex kept = model.indexOf(QStringLiteral("resilience.rolling"));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);

    model.show(setting.checklist, setting.outcome());
    QCOMPARE(changes.size(), 0);
    setting.review.item(QStringLiteral("resilience.rolling"))->team.answer = TeamAnswer::Fail;
    model.show(setting.checklist, setting.outcome());
    QCOMPARE(resets.size(), 0);
    QCOMPARE(changes.size(), 2); // the item, and its section's counts
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data(ChecklistModel::StandingRole).toInt(), int(Standing::Fail));
}

void TestChecklistModel::anotherChecklistResets()
{
    ChecklistModel model;
    const QAbstractItemModelTester tester(&model);
    Setting setting;
    model.show(setting.checklist, setting.outcome());
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    setting.checklist.sections[0].items.pop_back();
    model.show(setting.checklist, setting.outcome());
    QCOMPARE(resets.size(), 1);
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
    QVERIFY(!model.indexOf(QStringLiteral("resilience.rolling")).isValid());
}

void TestChecklistModel::language()
{
    ChecklistModel model;
    const QAbstractItemModelTester tester(&model);
    const Setting setting;
    model.show(setting.checklist, setting.outcome());
    QSignalSpy headers(&model, &QAbstractItemModel::headerDataChanged);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("項目"));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("障害試験"));
    model.setLanguage(Lang::En);
    QCOMPARE(model.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Reviewer"));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("Failure testing"));
    QCOMPARE(headers.size(), 1);
    QCOMPARE(changes.size(), 3);
}

void TestChecklistModel::filters_data()
{
    QTest::addColumn<int>("filters");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    using F = ChecklistFilter;
    const auto row = [](const char *name, int filters, const char *text, const char *expected) {
        QTest::newRow(name) << filters << QString::fromUtf8(text) << QString::fromLatin1(expected);
    };
    row("nothing asked", 0, "", "resilience[stop zone rolling] monitoring[alert log]");
    row("to do", F::ToDo, "", "resilience[stop zone rolling]");
    row("failing", F::Failing, "", "resilience[stop]");
    row("unknown", F::Unknown, "", "resilience[rolling]");
    row("disagreement", F::Disagreement, "", "resilience[stop]");
    row("either", F::Failing | F::Unknown, "", "resilience[stop rolling]");
    row("Japanese title", 0, "alertの題", "monitoring[alert]");
    row("English title", 0, "title of RESILIENCE.z", "resilience[zone]");
    row("id", 0, "monitoring.log", "monitoring[log]");
    row("question", 0, "質問 resilience.zone", "resilience[zone]");
    row("finding, Japanese", 0, "足りません", "resilience[stop]");
    row("finding, English", 0, "15 s short", "resilience[stop]");
    row("full width digits", 0, "１５", "resilience[stop]");
    row("object", 0, "shop/id-auth", "resilience[stop]");
    row("note", 0, "athena", "monitoring[log]");
    row("section", 0, "監視", "monitoring[alert log]");
    row("both", F::Unknown, "rolling", "resilience[rolling]");
    row("neither", F::Failing, "rolling", "");
    row("no regular expression", 0, ".*", "");
    row("spaces", 0, "   ", "resilience[stop zone rolling] monitoring[alert log]");
}

void TestChecklistModel::filters()
{
    QFETCH(int, filters);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    ChecklistModel model;
    ChecklistFilter filter;
    filter.setSourceModel(&model);
    const QAbstractItemModelTester tester(&filter);
    const Setting setting;
    model.show(setting.checklist, setting.outcome());
    filter.setFilters(ChecklistFilter::Filters(filters));
    filter.setText(text);
    QStringList sections;
    for (int s = 0; s < filter.rowCount(); ++s) {
        const QModelIndex section = filter.index(s, 0);
        QStringList items;
        for (int i = 0; i < filter.rowCount(section); ++i)
            items << filter.index(i, 0, section).data(ChecklistModel::IdRole).toString().section(u'.', 1);
        sections << QStringLiteral("%1[%2]").arg(section.data(ChecklistModel::IdRole).toString(),
                                                 items.join(u' '));
    }
    QCOMPARE(sections.join(u' '), expected);
}

void TestChecklistModel::filterFollowsEdits()
{
    ChecklistModel model;
    ChecklistFilter filter;
    filter.setSourceModel(&model);
    const QAbstractItemModelTester tester(&filter);
    Setting setting;
    model.show(setting.checklist, setting.outcome());
    filter.setFilters(ChecklistFilter::Failing);
    QCOMPARE(filter.rowCount(), 1);
    setting.review.item(QStringLiteral("monitoring.log"))->team.answer = TeamAnswer::Fail;
    model.show(setting.checklist, setting.outcome());
    QCOMPARE(filter.rowCount(), 2);
    QCOMPARE(filter.rowCount(filter.index(1, 0)), 1);
    setting.review.item(QStringLiteral("monitoring.log"))->team.answer = TeamAnswer::Pass;
    model.show(setting.checklist, setting.outcome());
    QCOMPARE(filter.rowCount(), 1);
}

void TestChecklistModel::counts()
{
    ChecklistModel model;
    ChecklistFilter filter;
    filter.setSourceModel(&model);
    const Setting setting;
    model.show(setting.checklist, setting.outcome());
    filter.setText(QStringLiteral("nothing like this"));
    QCOMPARE(filter.count(ChecklistFilter::ToDo), 3);
    QCOMPARE(filter.count(ChecklistFilter::Failing), 1);
    QCOMPARE(filter.count(ChecklistFilter::Unknown), 1);
    QCOMPARE(filter.count(ChecklistFilter::Disagreement), 1);
}

QTEST_MAIN(TestChecklistModel)
#include "tst_checklistmodel.moc"
