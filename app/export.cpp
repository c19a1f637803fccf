// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"

#include <document/written.h>
#include <evidence/files.h>
#include <signoff/signing.h>

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QTimeZone>

#include <ctime>

namespace tenken::app {

namespace {

constexpr const char *childMarker = "TENKEN_RENDERING";

void addOptions(QCommandLineParser &parser)
{
    parser.addOption(todayOption());
    parser.addOption({QStringLiteral("for-version"), QStringLiteral("The service's version that the review is for (default: HEAD's tag, else its commit)."), QStringLiteral("VERSION")});
    parser.addOption({QStringLiteral("outside-git"), QStringLiteral("A file or folder of the evidence that is kept outside git; may be given several times. What else differs from the commit, and whatever git has with other bytes, keeps the document from being signed."),
                      QStringLiteral("PATH")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")}, QStringLiteral("The file to write: .pdf, .html or .md."),
                      QStringLiteral("FILE")});
}

/// Rendering runs in a process of its own with a fixed environment: the bytes then depend on the input alone.
int renderInChild()
{
    QProcess child;
    QStringList environment = exportEnvironment();
    environment << QStringLiteral("%1=1").arg(QLatin1String(childMarker));
    child.setEnvironment(environment);
    child.setProcessChannelMode(QProcess::ForwardedChannels);
    child.start(QCoreApplication::applicationFilePath(), QCoreApplication::arguments().mid(1));
    if (!child.waitForStarted() || !child.waitForFinished(-1) || child.exitStatus() != QProcess::NormalExit)
        return wrongUse({"文書を描くプロセスが終わりませんでした: " + child.errorString(),
                         "The process that draws the document did not finish: " + child.errorString()}, Lang::En);
    return child.exitCode();
}

/// The document that the file's name asks for.
Result<QByteArray> documentFor(const QString &target, const DocumentInput &input)
{
    const QString ending = QFileInfo(target).suffix().toLower();
    if (ending == u"html" || ending == u"htm")
        return htmlDocument(input);
    if (ending == u"md" || ending == u"markdown")
        return markdownDocument(input);
    if (ending == u"pdf")
        return renderPdf(input);
    return failure({target, {}, Text{"この形式では書けません。", "This kind of document is not written."},
                    {".pdf、.html、.md のどれかにしてください。", "End the name in .pdf, .html or .md."}});
}

/// Now, with its distance from UTC: it stays the same time when the process changes its zone.
QDateTime here()
{
    const QDateTime now = QDateTime::currentDateTime();
    return now.toOffsetFromUtc(now.offsetFromUtc());
}

int render(const QCommandLineParser &parser, const QString &folder, const QString &target, Lang lang)
{
    const auto judged = judge({folder}, {}, todayOf(parser));
    if (!judged) {
        complain(judged.error(), lang);
        return WrongUse;
    }
    const Judged &j = **judged;
    // The same input and day give the same bytes.
    const QDateTime at = parser.isSet(QStringLiteral("today")) ? QDateTime(todayOf(parser), QTime(0, 0), QTimeZone::UTC) : here();
    const DocumentInput input{&j.evidence, &j.checklist, &j.assessment, j.review ? &*j.review : nullptr, &j.outcome,
                              lang, at, QCoreApplication::applicationVersion(),
                              freeze(j.evidence, j.checklist, &j.outcome, at,
                                     {parser.value(QStringLiteral("for-version")), parser.values(QStringLiteral("outside-git")), j.answers}),
                              j.dissents};
    // Times on paper are UTC wherever it is printed; what today is was asked before.
    qputenv("TZ", "UTC");
    ::tzset();
    const auto document = documentFor(target, input);
    if (!document) {
        complain(document.error(), lang);
        return WrongUse;
    }
    if (const auto may = mayBeReplaced(target); !may) { // signed while it was drawn
        complain(may.error(), lang);
        return WrongUse;
    }
    if (const auto written = writeAtomically(QFileInfo(target).absoluteFilePath(), *document); !written) {
        complain(written.error(), lang);
        return WrongUse;
    }
    out() << target << Qt::endl;
    return Ok;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    const QString target = parser.value(QStringLiteral("output"));
    if (arguments.size() != 1 || target.isEmpty())
        return wrongUse({"使い方: tenken export DIR -o review.pdf (.html、.md も可)", "usage: tenken export DIR -o review.pdf (or .html, .md)"}, lang);
    if (!todayOf(parser).isValid())
        return WrongUse;
    if (!isServiceFolder(arguments.first()))
        return wrongUse(Text{"%1 に readiness/service.yaml がありません。tenken init %1 で始められます。",
                             "%1 has no readiness/service.yaml. Start one with: tenken init %1"}.arg(arguments.first()), lang);
    if (const auto may = mayBeReplaced(target); !may) {
        complain(may.error(), lang);
        return WrongUse;
    }
    if (!qEnvironmentVariableIsSet(childMarker))
        return renderInChild();
    return render(parser, arguments.first(), target, lang);
}

} // namespace

const Command &exportCommand()
{
    static const Command command{"export", "export DIR -o review.pdf|review.html|review.md [--for-version VERSION] [--outside-git PATH]… [--today DATE] [--lang ja|en]",
                                 {"レビューを A4 の PDF、HTML、Markdown に書き出します。", "Write the review as an A4 PDF, as HTML or as Markdown."},
                                 "  tenken export . -o review.pdf --lang ja\n  tenken export . -o review.html --lang en\n", true, addOptions, run};
    return command;
}

} // namespace tenken::app
