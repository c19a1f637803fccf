// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/mainwindow_p.h>

#include <meeting/meetingwindow.h>
#include <pages/historyfeed.h>
#include <pages/verifypage.h>
#include <signoff/signing.h>
#include <window/signdialog.h>
#include <window/statusline.h>

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>

namespace tenken {

namespace {

/// A part of a file's name: what could lead elsewhere is left out.
QString namePart(const QString &text)
{
    QString part;
    for (const QChar c : text.left(60))
        part += c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_' ? c : QChar(u'-');
    while (part.startsWith(u'.'))
        part.remove(0, 1);
    return part.isEmpty() ? QStringLiteral("review") : part;
}

QString signedPath(const QString &folder, const Frozen &frozen)
{
    return QDir(folder).filePath(QStringLiteral("readiness/signed/%1-%2-%3.pdf")
                                     .arg(namePart(frozen.service), namePart(frozen.version),
                                          frozen.judgedAt.toString(QStringLiteral("yyyyMMdd-HHmm"))));
}

} // namespace

MainWindow::Private::Private(MainWindow *window) : q(window), feed(std::make_unique<HistoryFeed>(session))
{
    QObject::connect(&signExporter, &Exporter::finished, window,
                     [this](const QString &path) { signExported(path); });
    QObject::connect(&signExporter, &Exporter::failed, window, [this](const QString &message) {
        tell({"署名する文書を作れませんでした", "The document to sign could not be made"}, message);
    });
}

MainWindow::Private::~Private() = default;

void MainWindow::Private::buildVerifyPage()
{
    const QString path = verify ? verify->path() : QString(),
                  repository = verify ? verify->repository() : QString();
    const Trust trust = verify
        ? verify->trust()
        : Trust{QSettings().value(QStringLiteral("signoff/allowedSigners")).toString(), {}};
    verify = new VerifyPage(lang);
    verify->setTrust(trust);
    if (!path.isEmpty())
        verify->openFile(path, repository);
    QObject::connect(verify, &VerifyPage::failed, q, [this](const Problem &problem) {
        tell({"確かめられませんでした", "It could not be verified"}, problem.toString(lang));
    });
    QObject::connect(verify, &VerifyPage::signRequested, q,
                     [this](const QString &document) { signFile(document); });
    QObject::connect(verify, &VerifyPage::repositoryRequested, q, [this] {
        const QString folder = QFileDialog::getExistingDirectory(
            q, in({"比べるサービスのフォルダー", "The service's folder to compare with"}), session.folder());
        if (!folder.isEmpty())
            verify->openFile(verify->path(), folder);
    });
    QObject::connect(verify, &VerifyPage::signersRequested, q, [this] {
        const QString file = QFileDialog::getOpenFileName(
            q, in({"知っている人の鍵の一覧(allowed_signers)", "Whose keys you know (allowed_signers)"}),
            QDir::homePath());
        if (file.isEmpty())
            return;
        QSettings().setValue(QStringLiteral("signoff/allowedSigners"), file);
        verify->setTrust({file, {}});
    });
}

void MainWindow::openDocument(const QString &path)
{
    d->verify->openFile(QFileInfo(path).absoluteFilePath());
    showPage(QStringLiteral("verify"));
}

void MainWindow::Private::chooseDocument()
{
    const QString path = QFileDialog::getOpenFileName(
        q, in({"署名された文書", "A signed document"}),
        QDir(session.folder()).filePath(QStringLiteral("readiness/signed")), QStringLiteral("PDF (*.pdf)"));
    if (!path.isEmpty())
        q->openDocument(path);
}

void MainWindow::Private::startSigning(const QStringList &outsideGit)
{
    if (signExporter.isBusy() || (session.isModified() && !save()))
        return;
    signFolder = std::make_unique<QTemporaryDir>();
    QStringList more;
    for (const QString &file : outsideGit)
        more << QStringLiteral("--outside-git") << file;
    status->showMessage(in({"署名する文書を作っています…", "Making the document to sign…"}));
    signExporter.start(session.folder(), signFolder->filePath(QStringLiteral("review.pdf")), lang, more);
}

/// Files that differ from the commit: to be committed, or said to be outside git. True where the latter was
/// chosen.
bool MainWindow::Private::offerOutsideGit(const QStringList &files)
{
    QMessageBox box(
        QMessageBox::Question, QStringLiteral("Tenken"),
        in(Text{"コミットと異なるファイルが %1 あります。", "%1 files differ from the commit."}.arg(
            files.size())),
        QMessageBox::NoButton, q);
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(in({"署名されるのは、評価したファイルそのものです。コミットして読み直すか、git "
                               "の外にあるものとして文書に明記します。",
                               "What is signed is what was judged. Commit them and read again, or have the "
                               "document say that they are outside git."}));
    box.setDetailedText(files.join(u'\n'));
    QPushButton *list = box.addButton(in({"git の外と明記する", "Say so in the document"}), QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(in({"やめる", "Cancel"}), QMessageBox::RejectRole));
    box.exec();
    return box.clickedButton() == list;
}

void MainWindow::Private::signExported(const QString &path)
{
    const auto bytes = readDocument(path);
    status->clearMessage();
    signFolder.reset();
    const auto container = bytes ? readContainer(*bytes) : Result<SignedDocument>(failure(bytes.error()));
    const QByteArray *review = container ? container->bodyFile("review.json") : nullptr;
    if (const auto frozen = review ? readFrozen(*review) : Result<Frozen>(failure({}));
        frozen && !frozen->uncommitted.isEmpty()) {
        // What git has with other bytes is not outside git: it has to be committed.
        if (!frozen->changed.isEmpty())
            return tell({"署名する前にコミットしてください", "Commit before you sign"},
                        in(Text{"git にあるファイルが、コミットされたものと違います: %1",
                                "Files that git has differ from what was committed: %1"}
                               .arg(frozen->changed.join(QStringLiteral(", ")))));
        if (offerOutsideGit(frozen->uncommitted))
            startSigning(frozen->uncommitted + frozen->outsideGit);
        return;
    }
    const auto document =
        bytes ? readSignable(*bytes, QDate::currentDate()) : Result<Signable>(failure(bytes.error()));
    if (!document)
        return tell({"署名できません", "It cannot be signed"}, document.error().toString(lang));
    showSignDialog(*document, signedPath(session.folder(), document->frozen));
}

void MainWindow::Private::signFile(const QString &path)
{
    const auto bytes = readDocument(path);
    const auto document =
        bytes ? readSignable(*bytes, QDate::currentDate()) : Result<Signable>(failure(bytes.error()));
    if (!document)
        return tell({"署名できません", "It cannot be signed"}, document.error().toString(lang));
    showSignDialog(*document, path);
}

void MainWindow::Private::showSignDialog(const Signable &document, const QString &target)
{
    SignDialog dialog(document, target, lang, q);
    if (dialog.exec() != QDialog::Accepted)
        return;
    status->showMessage(Text{"%1 に署名しました。", "Signed: %1."}.arg(target).in(lang), 10'000);
    q->openDocument(target);
}

} // namespace tenken
