// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/meetingwindow.h>

#include <meeting/bars.h>
#include <meeting/evidencescreen.h>
#include <meeting/fieldline.h>
#include <meeting/itemstage.h>
#include <pages/localtext.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>

namespace tenken {

namespace {

constexpr qreal zoomStep = 1.1;

} // namespace

void MeetingWindow::keyPressEvent(QKeyEvent *event)
{
    if (m_over == Shown::Blank) { // any key brings the picture back, and does nothing else
        m_over.reset();
        refresh();
        return;
    }
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers & (Qt::AltModifier | Qt::MetaModifier))
        return event->ignore();
    // What was told is read by now.
    m_footer->tell(MeetingFooter::Mood::Keys, {});
    if (!roomKey(event->key(), modifiers) && !(modifiers & Qt::ControlModifier) && !screenKey(event->key())
        && !itemKey(event->key(), modifiers))
        event->ignore();
}

bool MeetingWindow::roomKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (modifiers & Qt::ControlModifier) {
        const bool shift = modifiers & Qt::ShiftModifier;
        if (key == Qt::Key_Z || key == Qt::Key_Y)
            tellSaid(key == Qt::Key_Y || shift ? m_room.redo() : m_room.undo());
        else if (key == Qt::Key_L)
            setLanguage(m_lang == Lang::Ja ? Lang::En : Lang::Ja);
        else if (key == Qt::Key_D)
            emit darkRequested();
        else if (key == Qt::Key_C && shown() == Shown::Minutes)
            screenKey(Qt::Key_C);
        else
            return false;
        return true;
    }
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Semicolon: // where + stands on a Japanese keyboard
    case Qt::Key_Equal: setZoom(m_zoom * zoomStep); return true;
    case Qt::Key_Minus: setZoom(m_zoom / zoomStep); return true;
    case Qt::Key_0: setZoom(1); return true;
    case Qt::Key_L: setLanguage(m_lang == Lang::Ja ? Lang::En : Lang::Ja); return true;
    case Qt::Key_B:
    case Qt::Key_Period: show(Shown::Blank); return true;
    case Qt::Key_T:
        m_room.pause(!m_room.isPaused());
        return true;
    case Qt::Key_P: askParticipants(); return true;
    case Qt::Key_Question:
    case Qt::Key_F1:
        m_over == Shown::Keys ? m_over.reset() : void(m_over = Shown::Keys);
        refresh();
        return true;
    case Qt::Key_Escape: escape(); return true;
    case Qt::Key_F5: return true; // it is open already
    default: return false;
    }
}

void MeetingWindow::escape()
{
    if (m_over) {
        m_over.reset();
        refresh();
    } else {
        leave();
    }
}

bool MeetingWindow::screenKey(int key)
{
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    switch (shown()) {
    case Shown::Start:
        if ((enter || key == Qt::Key_Space || key == Qt::Key_Right) && !m_room.agenda().entries.empty())
            begin();
        else if (key != Qt::Key_G)
            return true; // decisions wait until it has begun
        else
            break;
        return true;
    case Shown::Agenda:
        if (key == Qt::Key_G) {
            m_over.reset();
            refresh();
            return true;
        }
        return m_agenda->key(key) || true;
    case Shown::Keys: return true;
    case Shown::Evidence:
        if (key == Qt::Key_E) {
            m_over.reset();
            refresh();
            return true;
        }
        return m_evidence->key(key);
    case Shown::End:
        if (enter) {
            finish();
            return true;
        }
        break;
    case Shown::Minutes:
        if (key == Qt::Key_C) {
            QGuiApplication::clipboard()->setText(m_minutes);
            m_footer->tell(MeetingFooter::Mood::Done, {"議事録をコピーしました。", "The minutes are on the clipboard."});
        } else if (key == Qt::Key_Left) {
            m_room.reopen();
        } else if (enter) {
            leave();
        } else if (!scrollByKey(*m_text, key)) {
            return key != Qt::Key_G;
        }
        return true;
    case Shown::Item:
    case Shown::Blank: break;
    }
    return false;
}

bool MeetingWindow::itemKey(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
    case Qt::Key_Right:
    case Qt::Key_Space:
    case Qt::Key_PageDown: m_room.next(); return true;
    case Qt::Key_Left:
    case Qt::Key_Backspace:
    case Qt::Key_PageUp: m_room.previous(); return true;
    case Qt::Key_Home:
        if (!m_room.agenda().entries.empty())
            m_room.goTo(m_room.agenda().entries.front().itemId);
        return true;
    case Qt::Key_End: m_room.goToEnd(); return true;
    case Qt::Key_A: decide(ReviewAnswer::Accept); return true;
    case Qt::Key_R: decide(ReviewAnswer::Reject); return true;
    case Qt::Key_Q: decide(ReviewAnswer::Ask); return true;
    case Qt::Key_W: askWaiver(); return true;
    case Qt::Key_S: tellSaid(m_room.postpone()); return true;
    case Qt::Key_D: askDissent(); return true;
    case Qt::Key_N: askNote(); return true;
    case Qt::Key_F: askAction(); return true;
    case Qt::Key_U: tellSaid(modifiers & Qt::ShiftModifier ? m_room.redo() : m_room.undo()); return true;
    case Qt::Key_E:
        if (m_room.current())
            show(Shown::Evidence);
        return true;
    case Qt::Key_I:
        m_stage->setNotesShown(!m_stage->areNotesShown());
        return true;
    case Qt::Key_G: show(Shown::Agenda); return true;
    default: return false;
    }
}

void MeetingWindow::tellSaid(const MeetingRoom::Said &said)
{
    refresh();
    m_footer->tell(said.done ? MeetingFooter::Mood::Done : MeetingFooter::Mood::Refused, said.words);
}

void MeetingWindow::decide(ReviewAnswer answer)
{
    if (m_room.needsReason(answer) && !m_room.isReadOnly())
        askReason();
    else
        tellSaid(m_room.decide(answer));
}

void MeetingWindow::askParticipants()
{
    if (m_room.isReadOnly())
        return tellSaid(m_room.setPeople({}, 0));
    const bool before = shown() == Shown::Start;
    const Meeting &m = m_room.meeting();
    const auto minutes = [](const QString &text) { return text.normalized(QString::NormalizationForm_KC).trimmed().toInt(); };
    m_fields->open(QStringLiteral("participants"), {"参加者", "Participants"},
                   {{"names", {"名前(、で区切る)", "Names, separated by commas"}, m.participants.join(m_lang == Lang::Ja ? QStringLiteral("、") : QStringLiteral(", ")), 0, 5},
                    {"minutes", {"予定(分)", "Planned, minutes"}, QString::number(m.plannedMinutes), 0, 1}},
                   [minutes](const QHash<QString, QString> &v) {
                       const int planned = minutes(v["minutes"]);
                       return planned >= 1 && planned <= 24 * 60 ? Text{} : Text{"予定は 1 から 1440 までの分です。", "Planned: 1 to 1440 minutes."};
                   },
                   [this, before, minutes](const QHash<QString, QString> &v) {
                       const QStringList names = participantsFrom(v["names"]);
                       if (!before)
                           return tellSaid(m_room.setPeople(names, minutes(v["minutes"])));
                       m_room.setPeople(names, minutes(v["minutes"]));
                       begin();
                   });
}

void MeetingWindow::askReason()
{
    m_fields->open(QStringLiteral("reason ") + m_stage->screen().id, {"機械は不合格です。承認する理由を書きます", "The machine fails it: say why it is accepted"},
                   {{"note", {"理由", "Reason"}, {}}},
                   [](const QHash<QString, QString> &v) { return v["note"].trimmed().isEmpty() ? Text{"理由が要ります。", "A reason is needed."} : Text{}; },
                   [this](const QHash<QString, QString> &v) { tellSaid(m_room.decide(ReviewAnswer::Accept, v["note"])); });
}

namespace {

Waiver waiverFrom(const QHash<QString, QString> &v)
{
    Waiver w;
    w.reason = v["reason"].trimmed();
    w.control = v["control"].trimmed();
    w.requester = v["requester"].simplified();
    w.approver = v["approver"].simplified();
    w.expires = dayTyped(v["expires"], QDate::currentDate());
    return w;
}

Text wrongIn(const Waiver &w)
{
    if (!w.requester.isEmpty() && w.requester == w.approver)
        return {"承認は申請者とは別の人がします。", "Someone other than the requester approves."};
    if (!w.expires.isValid())
        return {"期限は今日からの日です。2026-12-04、12-4、+14 のように書きます。", "Expiry: today or later, as 2026-12-04, 12-4 or +14."};
    return w.isComplete() ? Text{} : Text{"どの欄も要ります。", "Every field is needed."};
}

} // namespace

void MeetingWindow::askWaiver()
{
    if (const auto said = m_room.hindrance())
        return tellSaid(*said);
    const Waiver start = m_room.proposedWaiver();
    const QStringList people = m_room.meeting().participants;
    m_fields->open(QStringLiteral("waiver ") + m_stage->screen().id, {"免除: 期限まで NO-GO から外します", "Waive: until it expires it does not block"},
                   {{"reason", {"理由", "Reason"}, {}, 0, 1, {}, {"なぜ今は満たせないか", "Why it cannot be met now"}},
                    {"control", {"代替策", "Compensating control"}, {}, 0, 1, {}, {"その間、何で守るか", "What protects production meanwhile"}},
                    {"requester", {"申請", "Requested by"}, start.requester, 1, 1, people},
                    {"approver", {"承認(別の人)", "Approved by (another person)"}, start.approver, 1, 1, people},
                    {"expires", {"期限(2026-12-04 か +14)", "Expires (2026-12-04 or +14)"}, start.expires.toString(Qt::ISODate), 1, 1}},
                   [](const QHash<QString, QString> &v) { return wrongIn(waiverFrom(v)); },
                   [this](const QHash<QString, QString> &v) { tellSaid(m_room.waive(waiverFrom(v))); });
}

void MeetingWindow::askDissent()
{
    if (const auto said = m_room.hindrance())
        return tellSaid(*said);
    m_fields->open(QStringLiteral("dissent ") + m_stage->screen().id, {"異論を議事録に残します", "A dissent, for the minutes"},
                   {{"who", {"だれが", "Who"}, {}, 0, 1, m_room.meeting().participants}, {"what", {"どんな異論か", "What it is"}, {}, 0, 4}},
                   [](const QHash<QString, QString> &v) {
                       return v["who"].trimmed().isEmpty() || v["what"].trimmed().isEmpty()
                           ? Text{"名前と中身が要ります。", "A name and what it is are needed."} : Text{};
                   },
                   [this](const QHash<QString, QString> &v) { tellSaid(m_room.dissent({v["who"], v["what"]})); });
}

void MeetingWindow::askNote()
{
    if (const auto said = m_room.hindrance())
        return tellSaid(*said);
    const QString now = m_room.current()->review ? m_room.current()->review->reviewer.note : QString();
    m_fields->open(QStringLiteral("note ") + m_stage->screen().id, {"レビュアーのメモ", "The reviewer's note"},
                   {{"note", {"メモ", "Note"}, QString(now).replace(u'\n', u' ')}}, {},
                   [this](const QHash<QString, QString> &v) { tellSaid(m_room.note(v["note"])); });
}

void MeetingWindow::askAction()
{
    if (const auto said = m_room.hindrance())
        return tellSaid(*said);
    m_fields->open(QStringLiteral("action ") + m_stage->screen().id, {"対応", "Action"},
                   {{"text", {"すること", "What to do"}, {}, 0, 5}, {"owner", {"担当", "Owner"}, {}, 0, 2, m_room.meeting().participants},
                    {"due", {"期日(+7 など)", "Due (+7 …)"}, QStringLiteral("+7"), 0, 2}},
                   [](const QHash<QString, QString> &v) {
                       if (v["text"].trimmed().isEmpty())
                           return Text{"することを書きます。", "Say what is to be done."};
                       return v["due"].trimmed().isEmpty() || dayTyped(v["due"], QDate::currentDate()).isValid()
                           ? Text{} : Text{"期日は今日からの日です。12-4、+7 のように書きます。空けてもよい欄です。", "Due: today or later, as 12-4 or +7; it may stay empty."};
                   },
                   [this](const QHash<QString, QString> &v) {
                       tellSaid(m_room.addAction({v["text"], v["owner"].simplified(), {}, dayTyped(v["due"], QDate::currentDate())}));
                   });
}

} // namespace tenken
