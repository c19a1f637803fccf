// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/mainwindow_p.h>

#include <meeting/meetingwindow.h>
#include <parts/icons.h>
#include <window/topbar.h>

#include <QAction>
#include <QApplication>

namespace tenken {

void MainWindow::Private::buildMeetingActions()
{
    QAction *start = actions->add(Actions::Menu::Review, {"会議を始める", "Start the meeting"}, {QKeySequence(Qt::Key_F5)},
                                  Actions::Where::Service, [this] { q->startMeeting(); });
    start->setIcon(iconOf(Sign::Meeting));
    top->addTool(start, TopBar::Tool::Primary);
}

MeetingWindow &MainWindow::startMeeting(bool fullScreen)
{
    if (!d->meeting) {
        d->meeting = std::make_unique<MeetingWindow>(d->session, d->lang);
        connect(d->meeting.get(), &MeetingWindow::darkRequested, this,
                [this] { setDark(!coloursFor(qApp->palette()).dark); });
        // Back in the window, the item is the one the meeting was at.
        connect(d->meeting.get(), &MeetingWindow::left, this, [this] {
            d->session.takeMeeting(d->meeting->room().meeting(), d->meeting->room().path());
            if (const ItemStanding *at = d->meeting->room().current())
                showItem(at->item->id);
            activateWindow();
        });
    } else if (d->meetingLang != d->lang) {
        d->meeting->setLanguage(d->lang);
    }
    d->meetingLang = d->lang;
    d->meeting->setScreen(screen());
    d->meeting->start(fullScreen);
    return *d->meeting;
}

bool MainWindow::Private::tellMeeting(const QStringList &lines)
{
    if (!meeting || !meeting->isVisible())
        return false;
    meeting->tell(sameText(maskSecrets(lines.join(u' '))));
    return true;
}

} // namespace tenken
