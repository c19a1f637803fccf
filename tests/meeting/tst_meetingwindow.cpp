// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/fieldline.h>
#include <meeting/itemscreen.h>
#include <meeting/meetingkeys.h>
#include <meeting/meetingwindow.h>
#include <meeting/stagepaint.h>
#include <parts/style.h>
#include <review/minutes.h>

#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QWindow>

using namespace tenken;
using Shown = MeetingWindow::Shown;

/// The meeting as a room uses it: keys to the window on the screen, on a copy of the demo service.
class TestMeetingWindow : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void wholeMeetingByKeyboard();
    void everyKeyDoesSomething();
    void lettersInAFieldAreLetters();
    void inputMethodDoesNotTakeTheKeys();
    void whatWasTypedStaysWhenPutAside();
    void waiverSaysWhatIsMissing();
    void escapeClosesOneThingAtATime();
    void blankTakesOneKey();
    void languageIsLive();
    void readOnlyRoom();
    void nothingOnTheAgenda();
    void evidenceFindingByFinding();
    void minutesFollowTheLanguage();
    void everyItemFits_data();
    void everyItemFits();
    void longQuestionIsNotCut();
    void oneNumber_data();
    void oneNumber();
    void typedDays_data();
    void typedDays();
    void speaksForWhatIsShown();
    void pictures();

private:
    void open(Session &session);
    void press(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_window->windowHandle(), Qt::Key(key), modifiers); }
    void type(const char *text);
    void compose(const QString &text);             ///< as an input method hands it over
    void begin();
    FieldLine &fields() const { return *m_window->findChild<FieldLine *>(); }
    QString currentId() const { const auto *is = m_window->room().current(); return is ? is->item->id : QString(); }
    const ItemReview &review(const QString &id) const { return *m_session->review().item(id); }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MeetingWindow> m_window;
};

void TestMeetingWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    useTenkenLook(false);
}

void TestMeetingWindow::open(Session &session)
{
    QSignalSpy loaded(&session, &Session::loaded);
    session.open(m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(!loaded.isEmpty(), 60'000);
    session.setAuthor("Suzuki");
}

void TestMeetingWindow::init()
{
    if (const QByteArray test = QTest::currentTestFunction(); test == "oneNumber" || test == "typedDays" || test == "longQuestionIsNotCut")
        return; // they need no meeting
    m_dir = std::make_unique<QTemporaryDir>();
    m_folder = m_dir->filePath("id-auth");
    QCOMPARE(QProcess::execute("cp", {"-r", TENKEN_SOURCE_DIR "/resources/demo/id-auth", m_folder}), 0);
    m_session = std::make_unique<Session>();
    open(*m_session);
    m_window = std::make_unique<MeetingWindow>(*m_session, Lang::En);
    m_window->resize(1920, 1080);
    m_window->start(false);
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMeetingWindow::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_dir.reset();
}

void TestMeetingWindow::type(const char *text)
{
    for (; *text; ++text)
        QTest::keyClick(m_window->windowHandle(), *text);
}

void TestMeetingWindow::compose(const QString &text)
{
    QWidget *field = QApplication::focusWidget();
    QVERIFY(field && field->testAttribute(Qt::WA_InputMethodEnabled));
    QInputMethodEvent event;
    event.setCommitString(text);
    QCoreApplication::sendEvent(field, &event);
}

void TestMeetingWindow::begin()
{
    press(Qt::Key_Return);
    QVERIFY(m_window->shown() == Shown::Item);
}

namespace {

/// What was typed of one item.
struct Typed {
    ReviewAnswer decision = ReviewAnswer::Open;
    QString note;
    QStringList dissents, waiverReasons, actions;
};

} // namespace

void TestMeetingWindow::wholeMeetingByKeyboard()
{
    const Review before = m_session->review();
    const Decision decisionBefore = m_session->outcome().decision;
    QMap<QString, Typed> typed;

    // Who is here, and how long.
    QVERIFY(m_window->shown() == Shown::Start && fields().isOpen());
    press(Qt::Key_A, Qt::ControlModifier);
    type("Sato, Suzuki; Tanaka");
    press(Qt::Key_Tab);
    press(Qt::Key_A, Qt::ControlModifier);
    type("45");
    press(Qt::Key_Return);
    QVERIFY(m_window->shown() == Shown::Item);
    QCOMPARE(m_window->room().meeting().participants, QStringList({"Sato", "Suzuki", "Tanaka"}));
    const Agenda agenda = m_window->room().agenda();
    QCOMPARE(agenda.entries.size(), 52u);

    QString later, waived;
    for (int i = 0; i < 52; ++i) {
        const QString id = currentId();
        QCOMPARE(id, agenda.entries[size_t(i)].itemId);
        Typed &t = typed[id];
        t.note = before.item(id)->reviewer.note;
        const auto accept = [&] {
            press(Qt::Key_A);
            if (fields().isOpen()) { // the machine fails it: why?
                type("Seen in staging, see the run.");
                press(Qt::Key_Return);
                t.note = "Seen in staging, see the run.";
            }
            t.decision = ReviewAnswer::Accept;
        };
        switch (i) {
        case 0:
            press(Qt::Key_R);
            QVERIFY(m_window->told().en.startsWith("Rejected."));
            press(Qt::Key_N);
            press(Qt::Key_A, Qt::ControlModifier);
            type("Raise it to 60 s and measure again: arwq.");
            press(Qt::Key_Return);
            press(Qt::Key_D);
            type("Sato");
            press(Qt::Key_Tab);
            compose(QStringLiteral("深夜は要求が少なく、実害はない"));
            press(Qt::Key_Return);
            t = {ReviewAnswer::Reject, "Raise it to 60 s and measure again: arwq.", {QStringLiteral("深夜は要求が少なく、実害はない")}, {}, {}};
            break;
        case 1:
            accept();
            press(Qt::Key_F);
            type("Mend the rule");
            press(Qt::Key_Tab);
            type("Tanaka");
            press(Qt::Key_Return);
            t.actions = {"Mend the rule"};
            break;
        case 2: // put off; it comes again
            later = id;
            press(Qt::Key_S);
            QVERIFY(currentId() != id);
            continue;
        case 3: // two steps back, then something else
            press(Qt::Key_R);
            press(Qt::Key_D);
            type("Tanaka");
            press(Qt::Key_Tab);
            type("too early");
            press(Qt::Key_Return);
            press(Qt::Key_U);
            press(Qt::Key_U);
            QVERIFY(review(id) == *before.item(id));
            press(Qt::Key_Q);
            t.decision = ReviewAnswer::Ask;
            break;
        case 4: // out and back in
            press(Qt::Key_Q);
            t.decision = ReviewAnswer::Ask;
            press(Qt::Key_Escape);
            QVERIFY(!m_window->isVisible());
            m_window->start(false);
            QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
            QCOMPARE(currentId(), id);
            break;
        case 5: // look around on the way
            press(Qt::Key_E);
            press(Qt::Key_BracketRight);
            press(Qt::Key_Escape);
            press(Qt::Key_I);
            press(Qt::Key_I);
            press(Qt::Key_T);
            press(Qt::Key_T);
            press(Qt::Key_B);
            press(Qt::Key_Right); // only brings the picture back
            QCOMPARE(currentId(), id);
            press(Qt::Key_L);
            press(Qt::Key_Plus, Qt::ShiftModifier);
            press(Qt::Key_L);
            press(Qt::Key_0);
            press(Qt::Key_G);
            press(Qt::Key_Down);
            press(Qt::Key_Up);
            press(Qt::Key_Return);
            QCOMPARE(currentId(), id);
            accept();
            break;
        default:
            if (waived.isEmpty() && m_window->room().current()->standing == Standing::Fail
                && review(id).reviewer.answer != ReviewAnswer::Reject) {
                waived = id;
                press(Qt::Key_W);
                type("Waiting for the platform");
                press(Qt::Key_Return); // not complete: on to the next empty field
                type("10 percent of traffic at most");
                press(Qt::Key_Tab);
                press(Qt::Key_A, Qt::ControlModifier);
                type("Sato");
                press(Qt::Key_Tab);
                press(Qt::Key_A, Qt::ControlModifier);
                type("Tanaka");
                press(Qt::Key_Tab);
                press(Qt::Key_A, Qt::ControlModifier);
                type("+21");
                press(Qt::Key_Return);
                QVERIFY(!fields().isOpen());
                QVERIFY(m_window->room().current()->standing == Standing::Waived);
                t.decision = ReviewAnswer::Waive;
                t.waiverReasons = {"Waiting for the platform"};
            } else {
                accept();
            }
        }
        QCOMPARE(currentId(), id);
        press(i % 3 == 0 ? Qt::Key_Space : Qt::Key_Right);
    }

    // What was put off comes once more, then the summary.
    QVERIFY(!waived.isEmpty());
    QCOMPARE(currentId(), later);
    press(Qt::Key_R);
    typed[later].decision = ReviewAnswer::Reject;
    press(Qt::Key_Right);
    QVERIFY(m_window->shown() == Shown::End);
    press(Qt::Key_Return);
    QVERIFY2(m_window->shown() == Shown::Minutes, qPrintable(m_window->told().en));
    press(Qt::Key_C);
    const QString minutes = QGuiApplication::clipboard()->text();
    press(Qt::Key_Return);
    QVERIFY(!m_window->isVisible());

    // review.yaml holds what was typed, and nothing else changed.
    const auto saved = readReview(m_folder, m_session->evidence().service, m_session->checklist());
    QVERIFY(saved.has_value());
    for (const ItemReview &was : before.items) {
        const Typed &t = typed[was.id];
        const ItemReview &now = *saved->review.item(was.id);
        QVERIFY2(now.reviewer.answer == t.decision, qPrintable(was.id));
        QCOMPARE(now.reviewer.note, t.note);
        QVERIFY(now.team == was.team);
        QCOMPARE(now.waivers.size(), was.waivers.size() + size_t(t.waiverReasons.size()));
        if (!t.waiverReasons.isEmpty()) {
            const Waiver &w = now.waivers.back();
            QCOMPARE(QStringList({w.reason, w.control, w.requester, w.approver}),
                     QStringList({"Waiting for the platform", "10 percent of traffic at most", "Sato", "Tanaka"}));
            QCOMPARE(w.expires, QDate::currentDate().addDays(21));
        }
        QCOMPARE(now.actions.size(), was.actions.size() + size_t(t.actions.size()));
        if (!t.actions.isEmpty()) {
            QCOMPARE(now.actions.back().text, "Mend the rule");
            QCOMPARE(now.actions.back().owner, "Tanaka");
            QCOMPARE(now.actions.back().due, QDate::currentDate().addDays(7));
        }
    }

    // So does the meeting's own file.
    const QStringList files = meetingFiles(m_folder);
    QCOMPARE(files.size(), 1);
    const auto file = readMeeting(m_folder, files[0]);
    QVERIFY(file.has_value() && file->problems.empty());
    const Meeting &meeting = file->meeting;
    QVERIFY(meeting.closed);
    QCOMPARE(meeting.items.size(), 52u);
    QCOMPARE(meeting.plannedMinutes, 45);
    QVERIFY(meeting.before->decision == decisionBefore);
    for (const MeetingItem &item : meeting.items) {
        const Typed &t = typed[item.id];
        QVERIFY2(item.decision == t.decision, qPrintable(item.id));
        QVERIFY(!item.postponed);
        QStringList dissents;
        for (const Dissent &d : item.dissents)
            dissents.append(d.what);
        QCOMPARE(dissents, t.dissents);
        QCOMPARE(item.waivers.size(), size_t(t.waiverReasons.size()));
        QCOMPARE(item.actions.size(), size_t(t.actions.size()));
    }

    // And the minutes.
    QFile written(m_folder + u'/' + minutesPath(files[0]));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(written.readAll()), minutes);
    QCOMPARE(minutes, minutesOf(meeting, files[0], Lang::En));
    for (const char *part : {"Sato, Suzuki, Tanaka", "planned: 45 min", "Raise it to 60 s and measure again: arwq.",
                             "Waiting for the platform", "approved by Tanaka", "Mend the rule", "## Dissent (1)", "## Actions (1)",
                             "## New waivers (1)", "## Decided (52)", "## What keeps it from GO"})
        QVERIFY2(minutes.contains(QString::fromUtf8(part)), part);
    QVERIFY(minutes.contains(QStringLiteral("**Sato** — ")));
    QVERIFY(minutes.contains(QStringLiteral("深夜は要求が少なく、実害はない")));
    QVERIFY(!minutes.contains("too early")); // taken back
    QVERIFY(!minutes.contains("## Postponed"));
    for (const Section &section : m_session->checklist().sections) {
        for (const Item &item : section.items)
            QVERIFY2(minutes.contains(item.title.en), qPrintable(item.title.en));
    }
}

/// The list of keys tells no tales: each of them changes what is shown, said or open.
void TestMeetingWindow::everyKeyDoesSomething()
{
    begin();
    press(Qt::Key_Right);
    const QHash<QString, int> keys{{"←", Qt::Key_Left}, {"→", Qt::Key_Right}, {"+", Qt::Key_Plus}, {"−", Qt::Key_Minus},
                                   {"?", Qt::Key_Question}, {"Esc", Qt::Key_Escape}, {"Home", Qt::Key_Home}, {"End", Qt::Key_End},
                                   {"[", Qt::Key_BracketLeft}, {"]", Qt::Key_BracketRight}};
    for (const MeetingKey &key : meetingKeyList()) {
        QVERIFY(!key.name.ja.isEmpty() && !key.name.en.isEmpty() && !key.what.ja.isEmpty() && !key.what.en.isEmpty());
        for (const QString &cap : key.caps) {
            const int code = keys.value(cap, cap.size() == 1 ? cap[0].unicode() : 0);
            QVERIFY2(code != 0, qPrintable(cap));
            if (cap == u"[" || cap == u"]" || cap == u"Esc")
                continue; // tested by name
            const QImage before = m_window->grab().toImage();
            press(code);
            QCoreApplication::processEvents();
            QVERIFY2(m_window->grab().toImage() != before, qPrintable(cap));
            if (fields().isOpen() || m_window->shown() != Shown::Item)
                press(Qt::Key_Escape);
            if (!m_window->isVisible() || m_window->shown() == Shown::End) {
                m_window->start(false);
                QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
                press(Qt::Key_Home);
                press(Qt::Key_Right);
            }
        }
    }
}

void TestMeetingWindow::lettersInAFieldAreLetters()
{
    begin();
    const QString id = currentId();
    const ItemReview before = review(id);
    press(Qt::Key_D);
    press(Qt::Key_A);
    type("rwqsdneugtbl?+-0 p");
    QCOMPARE(fields().edit("who")->text(), "arwqsdneugtbl?+-0 p");
    QVERIFY(review(id) == before);
    QCOMPARE(currentId(), id);
    press(Qt::Key_Escape);
    QVERIFY(!fields().isOpen());
    QVERIFY(m_window->isVisible());
}

void TestMeetingWindow::inputMethodDoesNotTakeTheKeys()
{
    begin();
    QCOMPARE(QApplication::focusWidget(), m_window.get());
    QVERIFY(!m_window->testAttribute(Qt::WA_InputMethodEnabled));
    for (const QWidget *child : m_window->findChildren<QWidget *>()) {
        if (!qobject_cast<const QLineEdit *>(child))
            QVERIFY2(child->focusPolicy() == Qt::NoFocus, child->metaObject()->className());
    }
    press(Qt::Key_Tab); // leads nowhere
    QCOMPARE(QApplication::focusWidget(), m_window.get());
    press(Qt::Key_N);
    QVERIFY(QApplication::focusWidget()->testAttribute(Qt::WA_InputMethodEnabled));
    QTest::keyClick(m_window->windowHandle(), Qt::Key_A, Qt::ControlModifier);
    compose(QStringLiteral("実測を添えてください"));
    press(Qt::Key_Return);
    QCOMPARE(review(currentId()).reviewer.note, QStringLiteral("実測を添えてください"));
    QCOMPARE(QApplication::focusWidget(), m_window.get());
}

void TestMeetingWindow::whatWasTypedStaysWhenPutAside()
{
    begin();
    press(Qt::Key_D);
    type("Sato");
    press(Qt::Key_Tab);
    type("half a sent");
    press(Qt::Key_Escape);
    press(Qt::Key_Right);
    press(Qt::Key_D);
    QCOMPARE(fields().edit("what")->text(), QString()); // another item, another dissent
    press(Qt::Key_Escape);
    press(Qt::Key_Left);
    press(Qt::Key_D);
    QCOMPARE(fields().edit("what")->text(), "half a sent");
    QCOMPARE(fields().edit("who")->text(), "Sato");
}

void TestMeetingWindow::waiverSaysWhatIsMissing()
{
    begin();
    const QString id = currentId();
    const size_t waivers = review(id).waivers.size();
    press(Qt::Key_W);
    QVERIFY(fields().isOpen());
    press(Qt::Key_Return);
    QVERIFY(fields().isOpen()); // nothing was typed
    fields().edit("reason")->setText("a");
    fields().edit("control")->setText("b");
    fields().edit("requester")->setText("Sato");
    fields().edit("approver")->setText(" Sato ");
    press(Qt::Key_Return);
    QVERIFY(fields().isOpen()); // the same person
    fields().edit("approver")->setText("Suzuki");
    fields().edit("expires")->setText("2020-01-01");
    press(Qt::Key_Return);
    QVERIFY(fields().isOpen()); // past
    QCOMPARE(review(id).waivers.size(), waivers);
    fields().edit("expires")->setText("+3");
    press(Qt::Key_Return);
    QVERIFY(!fields().isOpen());
    QCOMPARE(review(id).waivers.size(), waivers + 1);
}

void TestMeetingWindow::escapeClosesOneThingAtATime()
{
    begin();
    press(Qt::Key_E);
    QVERIFY(m_window->shown() == Shown::Evidence);
    press(Qt::Key_Escape);
    QVERIFY(m_window->shown() == Shown::Item);
    press(Qt::Key_Question, Qt::ShiftModifier);
    QVERIFY(m_window->shown() == Shown::Keys);
    press(Qt::Key_A); // no decision behind the list
    QVERIFY(review(currentId()).reviewer == m_session->review().item(currentId())->reviewer);
    QVERIFY(!m_window->room().isSettled(currentId()));
    press(Qt::Key_Question, Qt::ShiftModifier);
    QVERIFY(m_window->shown() == Shown::Item);
    QSignalSpy left(m_window.get(), &MeetingWindow::left);
    press(Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
    QVERIFY(!m_window->isVisible());
}

void TestMeetingWindow::blankTakesOneKey()
{
    begin();
    const QString id = currentId();
    press(Qt::Key_B);
    QVERIFY(m_window->shown() == Shown::Blank);
    QCOMPARE(m_window->grab().toImage().pixelColor(900, 500), QColor(Qt::black));
    press(Qt::Key_R); // a key in the dark decides nothing
    QVERIFY(m_window->shown() == Shown::Item);
    QVERIFY(!m_window->room().isSettled(id));
}

void TestMeetingWindow::languageIsLive()
{
    begin();
    const QString en = m_window->accessibleName();
    press(Qt::Key_L);
    QVERIFY(m_window->language() == Lang::Ja);
    QVERIFY(m_window->accessibleName() != en);
    QCOMPARE(m_window->accessibleName(), m_window->room().current()->item->question.ja);
    press(Qt::Key_L);
    QCOMPARE(m_window->accessibleName(), en);
}

void TestMeetingWindow::readOnlyRoom()
{
    Session second;
    open(second);
    QVERIFY(second.isReadOnly());
    MeetingWindow window(second, Lang::En);
    window.resize(1920, 1080);
    window.start(false);
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(!window.findChild<FieldLine *>()->isOpen()); // nobody to write down
    QTest::keyClick(window.windowHandle(), Qt::Key_Return);
    QVERIFY(window.shown() == Shown::Item);
    const Review before = second.review();
    for (const Qt::Key key : {Qt::Key_A, Qt::Key_R, Qt::Key_W, Qt::Key_Q, Qt::Key_S, Qt::Key_D, Qt::Key_N, Qt::Key_F, Qt::Key_P, Qt::Key_U}) {
        QTest::keyClick(window.windowHandle(), key);
        QVERIFY2(window.told().en.contains("has this review open"), qPrintable(window.told().en));
        QVERIFY(!window.findChild<FieldLine *>()->isOpen());
    }
    QVERIFY(second.review() == before);
    QTest::keyClick(window.windowHandle(), Qt::Key_Right);
    QCOMPARE(window.room().position(), 1);
}

void TestMeetingWindow::nothingOnTheAgenda()
{
    Session empty;
    MeetingWindow window(empty, Lang::Ja);
    window.resize(1920, 1080);
    window.start(false);
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(window.shown() == Shown::Start);
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Right, Qt::Key_A, Qt::Key_E, Qt::Key_G, Qt::Key_End, Qt::Key_U})
        QTest::keyClick(window.windowHandle(), key);
    QTest::keyClick(window.windowHandle(), Qt::Key_Escape);
    QTest::keyClick(window.windowHandle(), Qt::Key_Escape);
    QVERIFY(!window.isVisible());
}

void TestMeetingWindow::evidenceFindingByFinding()
{
    begin();
    m_window->room().goTo("resilience.graceful-stop");
    const size_t findings = m_window->room().current()->result->findings.size();
    QVERIFY(findings > 1);
    press(Qt::Key_E);
    QStringList seen;
    for (size_t i = 0; i < findings + 4; ++i) { // stops at both ends
        press(Qt::Key_BracketLeft);
        seen.append(m_window->accessibleName());
    }
    QCOMPARE(seen.last(), QStringLiteral("Evidence 1 / %1").arg(findings + 1));
    for (size_t i = 0; i < findings + 4; ++i)
        press(Qt::Key_BracketRight);
    m_window->setZoom(1); // speaks again
    QCOMPARE(m_window->accessibleName(), QStringLiteral("Evidence %1 / %1").arg(findings + 1));
    QVERIFY(m_window->accessibleDescription().contains("What good looks like"));
    press(Qt::Key_R); // a decision works here too
    QVERIFY(m_window->room().isSettled("resilience.graceful-stop"));
    press(Qt::Key_E);
    QVERIFY(m_window->shown() == Shown::Item);
}

void TestMeetingWindow::minutesFollowTheLanguage()
{
    begin();
    press(Qt::Key_R);
    press(Qt::Key_End);
    QVERIFY(m_window->shown() == Shown::End);
    press(Qt::Key_Return);
    QVERIFY(m_window->shown() == Shown::Minutes);
    const QString path = m_folder + u'/' + minutesPath(meetingFiles(m_folder).at(0));
    const auto text = [&] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    };
    QVERIFY(text().contains("## Decided (1)"));
    press(Qt::Key_L);
    QVERIFY(text().contains(QStringLiteral("## 決めたこと(1 項目)")));
    { // Somebody wrote into it: then it is theirs.
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append) && file.write("mine\n") == 5);
    }
    press(Qt::Key_L);
    QVERIFY(text().endsWith("mine\n") && text().contains(QStringLiteral("決めたこと")));
    // It was not the end after all.
    press(Qt::Key_Left);
    QVERIFY(m_window->shown() == Shown::End);
    press(Qt::Key_Left);
    QVERIFY(m_window->shown() == Shown::Item);
}

void TestMeetingWindow::everyItemFits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<Lang>("lang");
    for (const QSize size : {QSize(1920, 1080), QSize(1280, 800), QSize(2560, 1440), QSize(1024, 768)}) {
        for (const Lang lang : {Lang::Ja, Lang::En})
            QTest::newRow(qPrintable(QStringLiteral("%1x%2 %3").arg(size.width()).arg(size.height()).arg(lang == Lang::Ja ? "ja" : "en"))) << size << lang;
    }
}

/// Of every item of the checklist: the question in full, the three cards, and room left for the evidence.
void TestMeetingWindow::everyItemFits()
{
    QFETCH(QSize, size);
    QFETCH(Lang, lang);
    begin();
    const MeetingScale scale = MeetingScale::of(size, 1);
    QPixmap device(size);
    QPainter painter(&device);
    const Sheet sheet(painter, lightColours(), scale, lang);
    const QSizeF stage(size.width(), size.height() - scale.px(200));
    for (const AgendaEntry &entry : m_window->room().agenda().entries) {
        m_window->room().goTo(entry.itemId);
        const ItemScreen screen = itemScreenOf(*m_session, m_window->room(), lang);
        const StageLayout l = layOutStage(sheet, stage, screen);
        QVERIFY2(!screen.question.isEmpty() && !screen.machine.word.isEmpty(), qPrintable(entry.itemId));
        const QFont question = scale.font(l.questionSize, true);
        QVERIFY2(sheet.paragraphHeight(screen.question, question, l.question.width()) <= l.question.height() + 1, qPrintable(entry.itemId));
        QVERIFY(question.pixelSize() >= qRound(36 * scale.unit));
        QVERIFY2(l.evidence.height() >= 0.27 * stage.height(), qPrintable(QStringLiteral("%1: %2").arg(entry.itemId).arg(l.evidence.height() / scale.unit)));
        QVERIFY(l.evidence.bottom() <= stage.height() && l.column.right() <= stage.width());
        QVERIFY(l.cards.top() >= l.question.bottom());
        QVERIFY(!l.evidence.intersects(l.cards) && !l.evidence.intersects(l.column));
    }
}

void TestMeetingWindow::longQuestionIsNotCut()
{
    const MeetingScale scale = MeetingScale::of({1920, 1080}, 1);
    QPixmap device(10, 10);
    QPainter painter(&device);
    const Sheet sheet(painter, lightColours(), scale, Lang::En);
    ItemScreen screen;
    screen.question = "Do all of the databases, caches, queues and other services that this one depends on have enough connections, "
                      "memory and CPU left at the New Year peak, with one availability zone lost, while a new version is being rolled out?";
    const StageLayout l = layOutStage(sheet, {1920, 880}, screen);
    QVERIFY(l.questionSize >= 36);
    QVERIFY(sheet.paragraphHeight(screen.question, scale.font(l.questionSize, true), l.question.width()) <= l.question.height() + 1);
    QVERIFY(l.evidence.height() > 250);
    screen.question = "Short?";
    QCOMPARE(layOutStage(sheet, {1920, 880}, screen).questionSize, 72);
}

void TestMeetingWindow::oneNumber_data()
{
    QTest::addColumn<int>("verdict");
    QTest::addColumn<double>("measured");
    QTest::addColumn<double>("wanted");
    QTest::addColumn<int>("relation");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("means");
    using R = Comparison::Relation;
    const int fail = int(Verdict::Fail), pass = int(Verdict::Pass);
    QTest::newRow("too little") << fail << 30.0 << 45.0 << int(R::AtLeast) << "s" << "15 s" << "short";
    QTest::newRow("too much") << fail << 300.0 << 200.0 << int(R::AtMost) << "ms" << "100 ms" << "too much";
    QTest::newRow("pods") << fail << 20.0 << 81.0 << int(R::AtLeast) << "Pod" << "61 Pod" << "short";
    QTest::newRow("per cent has no gap") << fail << 0.4 << 0.1 << int(R::AtMost) << "%" << "0.4 %" << "wanted w";
    QTest::newRow("plain number") << fail << 1.0 << 2.0 << int(R::AtLeast) << "" << "1" << "wanted w";
    QTest::newRow("not equal") << fail << 1.0 << 2.0 << int(R::Equal) << "s" << "1 s" << "wanted w";
    QTest::newRow("just not more") << fail << 5.0 << 5.0 << int(R::MoreThan) << "s" << "5 s" << "wanted w";
    QTest::newRow("pass") << pass << 60.0 << 45.0 << int(R::AtLeast) << "s" << "60 s" << "wanted w";
}

void TestMeetingWindow::oneNumber()
{
    QFETCH(int, verdict);
    QFETCH(double, measured);
    QFETCH(double, wanted);
    QFETCH(int, relation);
    QFETCH(QString, unit);
    QFETCH(QString, number);
    QFETCH(QString, means);
    Finding finding;
    finding.verdict = Verdict(verdict);
    finding.wanted = {"w", "w"};
    finding.comparison = Comparison{measured, wanted, Comparison::Relation(relation), unit};
    const OneNumber one = oneNumberOf(finding, Lang::En);
    QCOMPARE(one.number, number);
    QCOMPARE(one.means.en, means);
    finding.comparison.reset();
    finding.measured = {"とても長い測定値の説明", "a measured value in a whole sentence"};
    QCOMPARE(oneNumberOf(finding, Lang::En).number, QString());
}

void TestMeetingWindow::typedDays_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDate>("day");
    QTest::newRow("ISO") << "2026-12-04" << QDate(2026, 12, 4);
    QTest::newRow("slashes") << "2026/12/4" << QDate(2026, 12, 4);
    QTest::newRow("brief") << "12-4" << QDate(2026, 12, 4);
    QTest::newRow("next year") << "1/5" << QDate(2027, 1, 5);
    QTest::newRow("today") << "11-20" << QDate(2026, 11, 20);
    QTest::newRow("days") << " +14 " << QDate(2026, 12, 4);
    QTest::newRow("full width") << "＋１４" << QDate(2026, 12, 4);
    QTest::newRow("past") << "2026-11-19" << QDate();
    QTest::newRow("no such day") << "2026-02-30" << QDate();
    QTest::newRow("nothing") << "" << QDate();
    QTest::newRow("words") << "soon" << QDate();
    QTest::newRow("too many figures") << "+99999" << QDate();
}

void TestMeetingWindow::typedDays()
{
    QFETCH(QString, text);
    QFETCH(QDate, day);
    QCOMPARE(dayTyped(text, QDate(2026, 11, 20)), day);
}

void TestMeetingWindow::speaksForWhatIsShown()
{
    QVERIFY(!m_window->accessibleName().isEmpty());
    begin();
    m_window->room().goTo("resilience.graceful-stop");
    QCOMPARE(m_window->accessibleName(), m_window->room().current()->item->question.en);
    QVERIFY(m_window->accessibleDescription().contains("Machine: Fail"));
    for (const Shown shown : {Shown::Agenda, Shown::Keys, Shown::Evidence, Shown::Blank}) {
        m_window->show(shown);
        QVERIFY(!m_window->accessibleName().isEmpty());
        press(Qt::Key_Escape);
    }
}

/// TENKEN_MEETING=<folder> keeps a picture of every item, to look at.
void TestMeetingWindow::pictures()
{
    const QString folder = qEnvironmentVariable("TENKEN_MEETING");
    if (folder.isEmpty())
        QSKIP("TENKEN_MEETING is not set");
    begin();
    for (const AgendaEntry &entry : m_window->room().agenda().entries) {
        m_window->room().goTo(entry.itemId);
        m_window->setLanguage(Lang::Ja);
        QVERIFY(m_window->grab().save(QStringLiteral("%1/%2-ja.png").arg(folder, entry.itemId)));
        m_window->setLanguage(Lang::En);
        QVERIFY(m_window->grab().save(QStringLiteral("%1/%2-en.png").arg(folder, entry.itemId)));
    }
}

QTEST_MAIN(TestMeetingWindow)
#include "tst_meetingwindow.moc"
