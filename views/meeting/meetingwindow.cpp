// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/meetingwindow.h>

#include <meeting/bars.h>
#include <meeting/evidencescreen.h>
#include <meeting/fieldline.h>
#include <meeting/itemstage.h>
#include <pages/localtext.h>
#include <review/minutes.h>

#include <QCloseEvent>
#include <QPainter>

#include <algorithm>

namespace tenken {

namespace {

constexpr qreal headerHeight = 112, footerHeight = 88;
constexpr qreal leastZoom = 0.7, mostZoom = 1.6;

} // namespace

MeetingWindow::MeetingWindow(Session &session, Lang lang, QWidget *parent)
    : QWidget(parent, Qt::Window), m_session(session), m_room(session), m_lang(lang)
{
    setObjectName(QStringLiteral("meeting"));
    setFocusPolicy(Qt::StrongFocus);
    // Or a Japanese input method takes the keys; the fields for text have it on.
    setAttribute(Qt::WA_InputMethodEnabled, false);
    m_header = new MeetingHeader(session, m_room, this);
    m_start = new StartScreen(session, m_room, this);
    m_stage = new ItemStage(session, m_room, this);
    m_agenda = new AgendaScreen(session, m_room, this);
    m_keys = new KeysScreen(session, m_room, this);
    m_evidence = new EvidenceScreen(session, m_room, this);
    m_end = new EndScreen(session, m_room, this);
    m_text = new LocalTextBrowser(this);
    m_text->setFrameShape(QFrame::NoFrame);
    for (QWidget *part : {static_cast<QWidget *>(m_text), m_text->viewport()})
        part->setFocusPolicy(Qt::NoFocus);
    m_footer = new MeetingFooter(this);
    m_fields = new FieldLine(this);
    connect(&m_room, &MeetingRoom::changed, this, &MeetingWindow::refresh);
    connect(&m_room, &MeetingRoom::ticked, this, [this] { m_header->show(m_lang, MeetingScale::of(size(), m_zoom)); });
    connect(&m_room, &MeetingRoom::trouble, this, [this](const Problem &problem) {
        tell({maskSecrets(problem.toString(Lang::Ja)), maskSecrets(problem.toString(Lang::En))});
    });
    connect(m_agenda, &AgendaScreen::chosen, this, [this](const QString &id) {
        m_over.reset();
        m_room.goTo(id);
        refresh();
    });
    connect(m_fields, &FieldLine::openChanged, this, [this] {
        place();
        refreshHints();
    });
    connect(m_fields, &FieldLine::closed, this, [this] { setFocus(Qt::OtherFocusReason); });
}

MeetingWindow::~MeetingWindow() = default;

void MeetingWindow::start(bool fullScreen)
{
    const bool again = isVisible();
    m_room.enter();
    m_over.reset();
    m_footer->tell(MeetingFooter::Mood::Keys, {});
    fullScreen ? showFullScreen() : QWidget::show();
    if (again)
        raise();
    activateWindow();
    setFocus(Qt::OtherFocusReason);
    refresh();
    if (shown() == Shown::Start && !again && !m_room.agenda().entries.empty() && !m_room.isReadOnly())
        askParticipants();
}

void MeetingWindow::leave()
{
    m_fields->putAside();
    m_room.leave();
    hide();
    emit left();
}

void MeetingWindow::setLanguage(Lang lang)
{
    m_lang = lang;
    if (m_room.meeting().closed && !m_minutesPath.isEmpty())
        showMinutes();
    refresh();
}

void MeetingWindow::setZoom(qreal zoom)
{
    m_zoom = std::clamp(zoom, leastZoom, mostZoom);
    refresh();
}

Text MeetingWindow::told() const { return m_footer->mood() == MeetingFooter::Mood::Keys ? Text{} : m_footer->told(); }

void MeetingWindow::tell(const Text &words) { m_footer->tell(MeetingFooter::Mood::Refused, words); }

MeetingWindow::Shown MeetingWindow::shown() const
{
    if (m_over)
        return *m_over;
    switch (m_room.place()) {
    case MeetingRoom::Place::Start: return Shown::Start;
    case MeetingRoom::Place::Item: return Shown::Item;
    case MeetingRoom::Place::End: break;
    }
    return m_room.meeting().closed && !m_minutesPath.isEmpty() ? Shown::Minutes : Shown::End;
}

void MeetingWindow::show(Shown overlay)
{
    m_over = overlay;
    refresh();
    if (overlay == Shown::Agenda)
        m_agenda->open();
    else if (overlay == Shown::Evidence)
        m_evidence->open();
}

/// Everything between header and footer, and the fields above the keys.
void MeetingWindow::place()
{
    const MeetingScale scale = MeetingScale::of(size(), m_zoom);
    const int header = qRound(scale.px(headerHeight)), footer = qRound(scale.px(footerHeight));
    m_header->setGeometry(0, 0, width(), header);
    m_footer->setGeometry(0, height() - footer, width(), footer);
    const QRect middle(0, header, width(), std::max(0, height() - header - footer));
    for (QWidget *screen : std::initializer_list<QWidget *>{m_start, m_stage, m_agenda, m_keys, m_evidence, m_end})
        screen->setGeometry(middle);
    const int margin = qRound(scale.px(48));
    m_text->setGeometry(middle.adjusted(margin, margin / 2, -margin, -margin / 2));
    lookAsMeetingText(*m_text, scale);
    const int fields = m_fields->isOpen() ? std::min(qRound(m_fields->wantedHeight()), middle.height()) : 0;
    m_fields->setGeometry(0, height() - footer - fields, width(), fields);
    m_start->setRoomBelow(fields);
}

void MeetingWindow::refresh()
{
    const MeetingScale scale = MeetingScale::of(size(), m_zoom);
    m_fields->setScale(scale, m_lang);
    place();
    const Shown now = shown();
    setWindowTitle(Text{"レビュー会議", "Review meeting"}.in(m_lang));
    m_header->show(m_lang, scale);
    m_footer->show(m_lang, scale);
    m_start->setLook(m_lang, scale);
    m_agenda->setLook(m_lang, scale);
    m_keys->setLook(m_lang, scale);
    m_end->setLook(m_lang, scale);
    if (now == Shown::Item) {
        m_stage->setScale(scale);
        m_stage->setLanguage(m_lang);
    }
    if (now == Shown::Evidence)
        m_evidence->setLook(m_lang, scale);
    const std::pair<QWidget *, Shown> screens[] = {{m_start, Shown::Start}, {m_stage, Shown::Item}, {m_agenda, Shown::Agenda},
                                                   {m_keys, Shown::Keys}, {m_evidence, Shown::Evidence}, {m_end, Shown::End},
                                                   {m_text, Shown::Minutes}};
    for (const auto &[screen, of] : screens) {
        screen->setVisible(now == of);
        if (now == of) { // the window has the keys, so it speaks for what is shown
            setAccessibleName(screen->accessibleName());
            setAccessibleDescription(screen->accessibleDescription());
        }
    }
    m_header->setVisible(now != Shown::Blank);
    m_footer->setVisible(now != Shown::Blank);
    if (now == Shown::Blank)
        setAccessibleName(Text{"暗転しています。", "The screen is blank."}.in(m_lang));
    refreshHints();
    update();
}

void MeetingWindow::refreshHints()
{
    using Hints = std::vector<std::pair<QStringList, Text>>;
    Hints hints;
    const std::pair<QStringList, Text> keys{{"?"}, {"一覧", "Keys"}}, out{{"Esc"}, {"出る", "Leave"}}, agenda{{"G"}, {"議題", "Agenda"}};
    const QString left = QStringLiteral("←"), right = QStringLiteral("→"), up = QStringLiteral("↑"), down = QStringLiteral("↓");
    const bool empty = m_room.agenda().entries.empty();
    if (m_fields->isOpen())
        hints = Hints{{{"Enter"}, {"決定", "Take"}}, {{"Tab"}, {"次の欄", "Next field"}}, {{"Esc"}, {"閉じる", "Close"}}};
    else if (shown() == Shown::Start)
        hints = empty ? Hints{out} : Hints{{{"Enter"}, {"始める", "Start"}}, {{"P"}, {"参加者", "People"}}, agenda, keys, out};
    else if (shown() == Shown::Agenda)
        hints = Hints{{{up, down, left, right}, {"選ぶ", "Choose"}}, {{"Enter"}, {"開く", "Open"}}, {{"G"}, {"閉じる", "Close"}}};
    else if (shown() == Shown::Keys)
        hints = Hints{{{"?"}, {"閉じる", "Close"}}};
    else if (shown() == Shown::Evidence)
        hints = Hints{{{"[", "]"}, {"前後の所見", "Findings"}}, {{up, down}, {"スクロール", "Scroll"}}, {{"E"}, {"閉じる", "Close"}}, keys};
    else if (shown() == Shown::End)
        hints = Hints{{{"Enter"}, {"会議を終えて議事録を書く", "End the meeting, write the minutes"}}, {{left}, {"戻る", "Back"}}, agenda, {{"U"}, {"取り消し", "Undo"}}, keys, out};
    else if (shown() == Shown::Minutes)
        hints = Hints{{{"C"}, {"コピー", "Copy"}}, {{"L"}, {"English", "日本語"}}, {{up, down}, {"スクロール", "Scroll"}},
                      {{left}, {"会議に戻る", "Back to the meeting"}}, {{"Enter"}, {"窓に戻る", "To the window"}}};
    m_footer->setHints(hints);
    Text readOnly;
    if (m_room.isReadOnly())
        readOnly = m_session.lockOwner().isEmpty() ? Text{"読み取り専用です", "Read-only"}
                                                   : Text{"読み取り専用: %1 が開いています", "Read-only: %1 has it open"}.arg(m_session.lockOwner());
    m_footer->setReadOnly(shown() == Shown::Item ? readOnly : Text{});
}

void MeetingWindow::resizeEvent(QResizeEvent *) { refresh(); }

void MeetingWindow::closeEvent(QCloseEvent *event)
{
    leave();
    event->accept();
}

void MeetingWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        update();
    QWidget::changeEvent(event);
}

void MeetingWindow::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_over == Shown::Blank ? QColor(Qt::black) : coloursFor(palette()).window);
}

void MeetingWindow::begin()
{
    m_fields->putAside();
    m_room.begin();
    refresh();
}

void MeetingWindow::finish()
{
    const auto path = m_room.close(m_lang);
    if (!path) {
        tell({path.error().toString(Lang::Ja), path.error().toString(Lang::En)});
        return;
    }
    m_minutesPath = *path;
    m_over.reset();
    showMinutes();
    refresh();
    m_footer->tell(MeetingFooter::Mood::Done, Text{"議事録を %1 に書きました。C でコピー。", "The minutes are in %1. C copies them."}.arg(*path));
}

/// In the language at hand; the file follows as long as nobody else changed it.
void MeetingWindow::showMinutes()
{
    const QString file = m_session.folder() + u'/' + m_minutesPath;
    const QString before = m_minutes;
    m_minutes = minutesOf(m_room.meeting(), m_room.path(), m_lang);
    const auto bytes = Root(m_session.folder()).read(m_minutesPath, 4 * 1024 * 1024);
    if (!before.isEmpty() && before != m_minutes && bytes && *bytes == before.toUtf8()) {
        if (const auto written = writeAtomically(file, m_minutes.toUtf8()); !written)
            tell({written.error().toString(Lang::Ja), written.error().toString(Lang::En)});
    }
    lookAsMeetingText(*m_text, MeetingScale::of(size(), m_zoom));
    m_text->document()->setMarkdown(m_minutes, QTextDocument::MarkdownNoHTML);
    m_text->setAccessibleName(Text{"議事録", "Minutes"}.in(m_lang));
    m_text->setAccessibleDescription(m_text->toPlainText());
}

} // namespace tenken
