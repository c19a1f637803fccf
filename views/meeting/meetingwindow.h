// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <meeting/sheet.h>
#include <review/meetingroom.h>

#include <QWidget>

namespace tenken {

class AgendaScreen;
class EndScreen;
class EvidenceScreen;
class FieldLine;
class ItemStage;
class KeysScreen;
class LocalTextBrowser;
class MeetingFooter;
class MeetingHeader;
class StartScreen;

/// The review meeting on the projector: one item a screen, one key a decision. A window of its own that keeps the
/// keyboard; nothing in it needs the mouse.
class MeetingWindow final : public QWidget
{
    Q_OBJECT
public:
    MeetingWindow(Session &session, Lang lang, QWidget *parent = nullptr);
    ~MeetingWindow() override;

    void start(bool fullScreen = true);      ///< comes back to where it was left
    void begin();                            ///< with the participants it has
    void leave();
    MeetingRoom &room() { return m_room; }
    Lang language() const { return m_lang; }
    void setLanguage(Lang lang);
    void setZoom(qreal zoom);
    Text told() const;                       ///< what the footer says was done
    void tell(const Text &words);            ///< something the room should know

    /// What fills the space between header and footer.
    enum class Shown { Start, Item, Agenda, Keys, Evidence, End, Minutes, Blank };
    Shown shown() const;
    void show(Shown overlay);                ///< Agenda, Keys, Evidence or Blank over the rest
    QString minutes() const { return m_minutes; }

signals:
    void left();
    void darkRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool focusNextPrevChild(bool) override { return false; }

private:
    bool roomKey(int key, Qt::KeyboardModifiers modifiers);  ///< works everywhere
    bool screenKey(int key);                                 ///< of what is shown
    bool itemKey(int key, Qt::KeyboardModifiers modifiers);
    void escape();
    void tellSaid(const MeetingRoom::Said &said);
    void decide(ReviewAnswer answer);
    void askParticipants();
    void askReason();
    void askWaiver();
    void askDissent();
    void askNote();
    void askAction();
    void finish();                           ///< ends the meeting and shows the minutes
    void showMinutes();
    void refresh();
    void place();
    void refreshHints();

    Session &m_session;
    MeetingRoom m_room;
    Lang m_lang;
    qreal m_zoom = 1;
    std::optional<Shown> m_over;             ///< over the place where the meeting is
    QString m_minutes, m_minutesPath;
    MeetingHeader *m_header;
    MeetingFooter *m_footer;
    StartScreen *m_start;
    ItemStage *m_stage;
    AgendaScreen *m_agenda;
    KeysScreen *m_keys;
    EvidenceScreen *m_evidence;
    EndScreen *m_end;
    LocalTextBrowser *m_text;
    FieldLine *m_fields;
};

} // namespace tenken
