// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"

#include <meeting/meetingwindow.h>
#include <pages/historypage.h>
#include <pages/verifypage.h>
#include <parts/style.h>
#include <review/reviewfile.h>
#include <review/session.h>
#include <signoff/signing.h>
#include <window/mainwindow.h>
#include <window/signdialog.h>

#include <QEventLoop>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTimer>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")}, QStringLiteral("The PNG to write."),
                      QStringLiteral("FILE.png")});
    parser.addOption({QStringLiteral("page"), QStringLiteral("overview, item, loadtest, monitoring, self, history, meeting (and its start, agenda, evidence, keys, end; default: item); of a PDF: verify or sign."),
                      QStringLiteral("PAGE"), QStringLiteral("item")});
    parser.addOption({QStringLiteral("item"), QStringLiteral("The item to show."), QStringLiteral("ID")});
    parser.addOption({QStringLiteral("size"), QStringLiteral("Window size (default: 1600x1000)."), QStringLiteral("WxH"),
                      QStringLiteral("1600x1000")});
    parser.addOption({QStringLiteral("allowed-signers"), QStringLiteral("Of a signed document: whose keys are known."), QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("dark"), QStringLiteral("Use the dark colours.")});
}

std::optional<QSize> sizeOf(const QString &text)
{
    const QStringList parts = text.split(u'x');
    if (parts.size() != 2)
        return std::nullopt;
    const QSize size(parts[0].toInt(), parts[1].toInt());
    if (size.width() < 640 || size.height() < 480 || size.width() > 7680 || size.height() > 4320)
        return std::nullopt;
    return size;
}

const QStringList &pages()
{
    static const QStringList names{
        QStringLiteral("overview"), QStringLiteral("item"),    QStringLiteral("loadtest"), QStringLiteral("monitoring"),
        QStringLiteral("self"),     QStringLiteral("history"), QStringLiteral("meeting"),  QStringLiteral("start"),
        QStringLiteral("agenda"),   QStringLiteral("evidence"), QStringLiteral("keys"),    QStringLiteral("end")};
    return names;
}

/// Opens the service and waits until it has been read and judged; why it could not be.
Result<void> openAndWait(MainWindow &window, const QString &folder)
{
    Session &session = window.session();
    // Nobody is there to answer a box: what the window would ask or tell in one is told here.
    QObject::disconnect(&session, &Session::loaded, &window, nullptr);
    QObject::disconnect(&session, &Session::failed, &window, nullptr);
    QObject::disconnect(&session, &Session::merged, &window, nullptr);
    QEventLoop loop;
    std::optional<Problem> trouble;
    QObject::connect(&session, &Session::loaded, &loop, &QEventLoop::quit);
    QObject::connect(&session, &Session::failed, &loop, [&](const Problem &problem) {
        trouble = problem;
        loop.quit();
    });
    QTimer::singleShot(120'000, &loop, &QEventLoop::quit);
    window.open(folder);
    if (session.state() != Session::State::Ready && !trouble)
        loop.exec();
    if (trouble)
        return failure(std::move(*trouble));
    if (session.state() != Session::State::Ready)
        return failure({folder, {}, {"サービスを読めませんでした。", "the service could not be read"}, {}});
    if (session.areConflictsInFile())
        return failure({QString::fromLatin1(reviewPath), {},
                        Text{"同じところへの回答が %1 件残っています。", "%1 answers to the same field are left."}.arg(
                            session.conflicts().size()),
                        {"tenken で開いて、どちらを残すか選んでください。", "Open it with tenken to choose."}});
    return {};
}

/// Lets layouts, charts and highlighting settle.
void settle()
{
    QEventLoop loop;
    QTimer::singleShot(600, &loop, &QEventLoop::quit);
    loop.exec();
}

/// A signed document: how it is verified, or the dialog that signs it.
int takeDocument(const QCommandLineParser &parser, const QString &file, const QString &target, QSize size, Lang lang)
{
    MainWindow window(lang);
    window.setDark(parser.isSet(QStringLiteral("dark")));
    window.resize(size);
    window.show();
    QWidget *shown = &window;
    std::unique_ptr<SignDialog> dialog;
    if (parser.value(QStringLiteral("page")) == u"sign") {
        const auto bytes = readDocument(file);
        const auto document = bytes ? readSignable(*bytes, QDate::currentDate()) : Result<Signable>(failure(bytes.error()));
        if (!document) {
            complain(document.error(), lang);
            return WrongUse;
        }
        dialog = std::make_unique<SignDialog>(*document, file, lang);
        dialog->resize(size);
        dialog->show();
        shown = dialog.get();
    } else {
        auto *page = window.findChild<VerifyPage *>();
        QEventLoop loop;
        QObject::connect(page, &VerifyPage::verified, &loop, &QEventLoop::quit);
        QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
        page->setTrust({parser.value(QStringLiteral("allowed-signers")), {}});
        window.openDocument(file);
        loop.exec();
    }
    settle();
    if (!shown->grab().save(target))
        return wrongUse(Text{"%1 に書けません。", "cannot write %1"}.arg(target), lang);
    out() << target << Qt::endl;
    return Ok;
}

/// The meeting at an item, without anything said or written; null where another page is asked for.
QWidget *meetingAt(MainWindow &window, const QString &page, const QString &item, const QSize &size)
{
    using Shown = MeetingWindow::Shown;
    static const QHash<QString, Shown> pages{{QStringLiteral("meeting"), Shown::Item}, {QStringLiteral("agenda"), Shown::Agenda},
                                             {QStringLiteral("evidence"), Shown::Evidence}, {QStringLiteral("keys"), Shown::Keys},
                                             {QStringLiteral("end"), Shown::End}, {QStringLiteral("start"), Shown::Start}};
    const auto found = pages.constFind(page);
    if (found == pages.cend())
        return nullptr;
    MeetingWindow &meeting = window.startMeeting(false);
    meeting.resize(size);
    if (*found == Shown::Start)
        return &meeting;
    meeting.begin();
    if (!item.isEmpty())
        meeting.room().goTo(item);
    if (*found == Shown::End)
        meeting.room().goToEnd();
    else if (*found != Shown::Item)
        meeting.show(*found);
    return &meeting;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    const QString target = parser.value(QStringLiteral("output"));
    const auto size = sizeOf(parser.value(QStringLiteral("size")));
    const bool document = arguments.value(0).endsWith(u".pdf", Qt::CaseInsensitive);
    if (arguments.size() != 1 || target.isEmpty() || !size || (!document && !isServiceFolder(arguments.first())))
        return wrongUse({"使い方: tenken screenshot DIR|FILE.pdf -o FILE.png [--size 1600x1000]",
                         "usage: tenken screenshot DIR|FILE.pdf -o FILE.png [--size 1600x1000]"}, lang);
    static const QStringList ofDocuments{QStringLiteral("item"), QStringLiteral("verify"), QStringLiteral("sign")};
    if (!oneOf(parser, QStringLiteral("page"), document ? ofDocuments : pages()))
        return WrongUse;
    const QString page = parser.value(QStringLiteral("page"));
    QStandardPaths::setTestModeEnabled(true); // a picture must not depend on, or change, the user's settings
    useTenkenLook(false);
    if (document)
        return takeDocument(parser, arguments.first(), target, *size, lang);
    MainWindow window(lang);
    window.setDark(parser.isSet(QStringLiteral("dark")));
    window.resize(*size);
    window.show();
    window.resize(*size);
    if (const auto opened = openAndWait(window, arguments.first()); !opened) {
        complain(opened.error(), lang);
        return WrongUse;
    }
    const QString item = parser.value(QStringLiteral("item"));
    QWidget *shown = meetingAt(window, page, item, *size);
    if (!shown) {
        shown = &window;
        window.showPage(page);
        if (!item.isEmpty())
            window.showItem(item);
    }
    settle();
    while (page == u"history" && window.findChild<HistoryPage *>()->isBusy())
        settle();
    if (!shown->grab().save(target))
        return wrongUse(Text{"%1 に書けません。", "cannot write %1"}.arg(target), lang);
    out() << target << Qt::endl;
    return Ok;
}

} // namespace

const Command &screenshotCommand()
{
    static const Command command{
        "screenshot", "screenshot DIR|FILE.pdf -o FILE.png [--page PAGE] [--item ID] [--size WxH] [--dark] [--lang ja|en]",
        {"窓の絵を撮ります。", "Take a picture of the window."},
        "  tenken screenshot . -o item.png --item resilience.graceful-stop --dark\n", true, addOptions, run};
    return command;
}

} // namespace tenken::app
