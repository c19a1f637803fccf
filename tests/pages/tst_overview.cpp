// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/changebutton.h>
#include <pages/changespanel.h>
#include <pages/overviewparts.h>
#include <pages/remarkbar.h>
#include <parts/style.h>

#include <history/timeline.h>
#include <review/standing.h>

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace tenken;
using namespace Qt::StringLiterals;

namespace {

const QDateTime then(QDate(2026, 10, 16), QTime(10, 0)), now(QDate(2026, 11, 20), QTime(10, 0));

PastItem item(int number, Standing standing)
{
    PastItem item;
    item.id = u"a.item-%1"_s.arg(number);
    item.title = {u"項目 %1"_s.arg(number), u"Item %1"_s.arg(number)};
    item.verdict = standing == Standing::Fail ? Verdict::Fail : Verdict::Pass;
    item.standing = label(standing);
    item.stands = standing;
    item.files = {u"app.yaml"_s};
    return item;
}

/// So many items that stand otherwise than before, because their file changed.
std::pair<PastReview, PastReview> reviews(int changed, int same)
{
    PastReview before, after;
    before.judgedAt = then;
    before.decision = Decision::NoGo;
    before.evidence = {{u"app.yaml"_s, "1"}};
    after.judgedAt = now;
    after.decision = Decision::Go;
    after.evidence = {{u"app.yaml"_s, "2"}};
    for (int i = 0; i < changed + same; ++i) {
        before.items.push_back(item(i, i < changed ? Standing::Fail : Standing::Pass));
        after.items.push_back(item(i, Standing::Pass));
    }
    return {before, after};
}

ReviewHistory historyOf(const PastReview &review)
{
    ReviewHistory history;
    HistoryEntry entry;
    entry.at = review.judgedAt;
    entry.review = review;
    history.entries.push_back(entry);
    return history;
}

QString wordsOf(const QWidget &widget)
{
    QStringList words;
    for (const QLabel *label : widget.findChildren<QLabel *>())
        words << label->text();
    return words.join(u'\n');
}

std::optional<Result<PastReview>> notYet(const QString &) { return {}; }

} // namespace

/// Parts of the overview: what changed since the last document, and what to know beside the verdicts.
class TestOverview : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { useTenkenLook(false); }
    void fewLinesOfEachCause_data();
    void fewLinesOfEachCause();
    void leadsToItemsAndHistory();
    void nothingChanged();
    void withoutDocuments();
    void nothingInGitEither();
    void documentsOfTheFutureAreNoBefore();
    void changeLinesPaint();
    void blockersOfTheNextStage_data();
    void blockersOfTheNextStage();
    void remarksByKind();
    void noRemarks();
};

void TestOverview::fewLinesOfEachCause_data()
{
    QTest::addColumn<int>("changed");
    QTest::addColumn<int>("lines");
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("as many as fit") << 3 << 3;
    QTest::newRow("many") << 40 << 3;
}

void TestOverview::fewLinesOfEachCause()
{
    QFETCH(int, changed);
    QFETCH(int, lines);
    const auto [before, after] = reviews(changed, 5);
    const std::unique_ptr<ChangesPanel> panel(ChangesPanel::of(historyOf(before), after, notYet, Lang::En));
    QVERIFY(panel != nullptr);
    QCOMPARE(panel->findChildren<ChangeButton *>().size(), lines);
    const QString words = wordsOf(*panel);
    QVERIFY2(words.contains(u"The service changed"_s), qPrintable(words));
    QCOMPARE(words.contains(u"%1 more"_s.arg(changed - lines)), changed > lines);
}

void TestOverview::leadsToItemsAndHistory()
{
    const auto [before, after] = reviews(2, 0);
    const std::unique_ptr<ChangesPanel> panel(ChangesPanel::of(historyOf(before), after, notYet, Lang::Ja));
    QSignalSpy item(panel.get(), &ChangesPanel::itemRequested),
        history(panel.get(), &ChangesPanel::historyRequested);
    auto *button = panel->findChildren<ChangeButton *>().at(1);
    QVERIFY2(button->accessibleName().contains(u"項目 1"_s), qPrintable(button->accessibleName()));
    QVERIFY(button->toolTip().contains(u"app.yaml"_s));
    QTest::keyClick(button, Qt::Key_Return);
    QCOMPARE(item.size(), 1);
    QCOMPARE(item.front().front().toString(), u"a.item-1"_s);
    panel->findChild<QToolButton *>()->click();
    QCOMPARE(history.size(), 1);
}

void TestOverview::nothingChanged()
{
    const auto [before, after] = reviews(0, 5);
    const std::unique_ptr<ChangesPanel> panel(ChangesPanel::of(historyOf(before), after, notYet, Lang::En));
    QVERIFY(panel->findChildren<ChangeButton *>().isEmpty());
    QVERIFY(wordsOf(*panel).contains(u"Every item stands as it did."_s));
}

void TestOverview::withoutDocuments()
{
    ReviewHistory history;
    HistoryEntry entry;
    entry.kind = HistoryEntry::Kind::Revision;
    entry.at = then;
    entry.author = u"Sato"_s;
    entry.subject = u"Answer <b>all</b> password=hunter2hunter2"_s;
    entry.items = {u"a"_s, u"b"_s};
    entry.commit = u"0123456789ab"_s;
    history.entries = {entry};
    const auto [before, after] = reviews(2, 3);
    const auto panelOf = [&](std::optional<Result<PastReview>> judged) {
        return std::unique_ptr<ChangesPanel>(ChangesPanel::of(
            history, after, [&](const QString &c) { return c == entry.commit ? judged : std::nullopt; },
            Lang::En));
    };
    QVERIFY(wordsOf(*panelOf({})).contains(u"Judging the last commit"_s));
    QCOMPARE(panelOf(before)->findChildren<ChangeButton *>().size(), 2);
    const auto panel = panelOf(failure({}));
    QVERIFY(panel != nullptr);
    const QString words = wordsOf(*panel);
    QVERIFY2(words.contains(u"2026-10-16 by Sato"_s) && words.contains(u"answers to 2 items"_s),
             qPrintable(words));
    QVERIFY(!words.contains(u"hunter2"_s));
}

void TestOverview::nothingInGitEither()
{
    QVERIFY(!ChangesPanel::of({}, reviews(1, 0).second, notYet, Lang::En));
}

void TestOverview::documentsOfTheFutureAreNoBefore()
{
    auto [before, after] = reviews(1, 0);
    before.judgedAt = now.addDays(1);
    QVERIFY(!ChangesPanel::of(historyOf(before), after, notYet, Lang::En));
}

void TestOverview::changeLinesPaint()
{
    ItemChange change{u"a"_s,
                      sameText(QString(200, u'x')),
                      ChangeCause::Opinion,
                      {},
                      label(Standing::Waived),
                      {},
                      Standing::Waived,
                      false,
                      false,
                      {}};
    for (const int width : {60, 200, 500}) {
        for (const Lang lang : {Lang::Ja, Lang::En}) {
            ChangeButton button(change, lang);
            button.resize(width, button.sizeHint().height());
            QVERIFY(!button.grab().isNull());
            QVERIFY(button.accessibleName().contains(lang == Lang::Ja ? u"なし"_s : u"none"_s));
        }
    }
}

void TestOverview::blockersOfTheNextStage_data()
{
    QTest::addColumn<QStringList>("blocked"); // of each stage
    QTest::addColumn<int>("applied");
    QTest::addColumn<QString>("stage");
    QTest::addColumn<QString>("blockers");
    QTest::newRow("no stages, nothing") << QStringList{} << 0 << "" << "";
    QTest::newRow("the one applied for") << QStringList{"a", "ab", "abc"} << 1 << "1" << "ab";
    QTest::newRow("the next") << QStringList{"", "b", "bc"} << 0 << "1" << "b";
    QTest::newRow("the last") << QStringList{"", "", "c"} << 0 << "2" << "c";
    QTest::newRow("none") << QStringList{"", "", ""} << 1 << "1" << "";
}

void TestOverview::blockersOfTheNextStage()
{
    QFETCH(QStringList, blocked);
    QFETCH(int, applied);
    QFETCH(QString, stage);
    QFETCH(QString, blockers);
    std::array<Item, 3> items;
    Outcome outcome;
    for (int i = 0; i < 3; ++i) {
        items[size_t(i)].id = QChar(u'a' + i);
        ItemStanding is;
        is.item = &items[size_t(i)];
        is.blocks = blocked.value(applied).contains(is.item->id);
        outcome.items.push_back(is);
    }
    for (int i = 0; i < blocked.size(); ++i) {
        StageOutcome one;
        one.id = QString::number(i);
        one.applied = i == applied;
        for (const QChar id : blocked[i])
            one.blockers.push_back(id);
        outcome.stages.push_back(one);
    }
    const auto [found, list] = nextBlockers(outcome);
    QCOMPARE(found ? found->id : QString(), stage);
    QString ids;
    for (const ItemStanding *is : list)
        ids += is->item->id;
    QCOMPARE(ids, blockers);
}

void TestOverview::remarksByKind()
{
    Item one, two;
    one.id = u"a.one"_s;
    one.title = {u"一 & 二"_s, u"One & two"_s};
    two.id = u"a.two"_s;
    two.title = {u"二"_s, u"Two"_s};
    ItemStanding first, second;
    first.item = &one;
    second.item = &two;
    const std::vector<Remark> remarks{
        {Remark::Kind::Override, &first, {u"理由"_s, u"token=hunter2hunter2"_s}, true},
        {Remark::Kind::Override, &second, {u"理由"_s, u"why"_s}, false},
        {Remark::Kind::Waiver, &first, {u"免除"_s, u"counts"_s}, false},
        {Remark::Kind::Waiver, &second, {u"免除"_s, u"expired"_s}, true}};
    QString opened;
    const std::unique_ptr<QWidget> bar(remarkBar(remarks, Lang::En, [&](const QString &id) { opened = id; }));
    const auto buttons = bar->findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 2);
    QVERIFY2(buttons[0]->text().startsWith(u"Against the machine's fail 2"_s),
             qPrintable(buttons[0]->text()));
    QVERIFY(buttons[0]->text().contains(u"without a reason"_s));
    QCOMPARE(buttons[0]->menu()->actions().size(), 2);
    QCOMPARE(buttons[0]->menu()->actions().front()->text(), u"One && two"_s);
    QVERIFY(!buttons[0]->toolTip().contains(u"hunter2"_s));
    QCOMPARE(buttons[1]->menu()->actions().size(), 1); // the waiver that does not count
    buttons[1]->menu()->actions().front()->trigger();
    QCOMPARE(opened, u"a.two"_s);
}

void TestOverview::noRemarks()
{
    QVERIFY(!remarkBar({}, Lang::En, [](const QString &) {}));
}

QTEST_MAIN(TestOverview)
#include "tst_overview.moc"
