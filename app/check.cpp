// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"
#include "app/permitted.h"
#include "app/results.h"

#include <evidence/files.h>

#include <QFileInfo>

#include <algorithm>

namespace tenken::app {

namespace {

const QStringList &formats()
{
    static const QStringList words{"text", "json", "sarif", "junit", "markdown", "github"};
    return words;
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("format"), QStringLiteral("Output format (default: text)."),
                      formats().join(u'|'), QStringLiteral("text")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")}, QStringLiteral("Write to this file instead of the terminal."),
                      QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("item"), QStringLiteral("Judge only this item; may be given several times."),
                      QStringLiteral("ID")});
    parser.addOption({QStringLiteral("fail-on"),
                      QStringLiteral("Exit 1 only when an item's verdict is this bad or worse (fail > unknown > warn) "
                                     "instead of on anything but GO."),
                      QStringLiteral("fail|unknown|warn")});
    parser.addOption({QStringLiteral("min-verdict"),
                      QStringLiteral("List only findings this bad or worse (fail > unknown > warn); json lists all."),
                      QStringLiteral("fail|unknown|warn")});
    parser.addOption({QStringLiteral("checklist"), QStringLiteral("For bare manifests: the checklist to judge by, an id or a file."),
                      QStringLiteral("ID|FILE")});
    parser.addOption({QStringLiteral("stage"), QStringLiteral("Decide for this roll-out stage instead of the one that the review applies for."),
                      QStringLiteral("ID")});
    parser.addOption(todayOption());
    parser.addOption({QStringLiteral("all"), QStringLiteral("List passing findings too.")});
    addPermissionOptions(parser);
}

int exitCode(const Judged &judged, const QString &failOn)
{
    if (failOn.isEmpty())
        return judged.outcome.decision == Decision::Go ? Ok : NotReady;
    const int limit = badness(verdictFromString(failOn).value_or(Verdict::Fail));
    const bool bad = std::ranges::any_of(judged.assessment.items, [&](const ItemResult &item) {
        return item.machine && badness(item.verdict) >= limit;
    });
    return bad ? NotReady : Ok;
}

/// Nothing that could be judged: every file was unreadable, or there was none.
bool nothingReadable(const Judged &judged)
{
    return judged.bare && (!judged.evidence.manifests || judged.evidence.manifests->objects.empty());
}

QByteArray reportOf(const Judged &judged, const QString &format, const ReportOptions &options)
{
    if (format == u"json")
        return jsonReport(judged, options.lang);
    if (format == u"sarif")
        return sarifReport(judged, options);
    if (format == u"junit")
        return junitReport(judged, options);
    if (format == u"markdown")
        return markdownReport(judged, options);
    if (format == u"github")
        return githubReport(judged, options);
    return (judged.bare ? filesReport(judged, options) : textReport(judged, options)).toUtf8();
}

int report(const Judged &judged, const QString &format, const ReportOptions &options, const QString &target)
{
    const QByteArray bytes = reportOf(judged, format, options);
    if (target.isEmpty()) {
        out() << QString::fromUtf8(bytes) << Qt::flush;
        return Ok;
    }
    const auto written = writeAtomically(QFileInfo(target).absoluteFilePath(), bytes);
    if (!written)
        complain(written.error(), options.lang);
    return written ? Ok : WrongUse;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList paths = parser.positionalArguments();
    if (paths.isEmpty())
        return wrongUse({"調べるフォルダーかファイルを指定してください。例: tenken check .",
                         "name a folder or files to check, for example: tenken check ."}, lang);
    const auto format = oneOf(parser, QStringLiteral("format"), formats());
    if (!format)
        return WrongUse;
    for (const QString &option : {QStringLiteral("fail-on"), QStringLiteral("min-verdict")}) {
        if (parser.isSet(option) && !oneOf(parser, option, {"fail", "unknown", "warn"}))
            return WrongUse;
    }
    const Result<Permissions> permissions = permissionsOf(parser, paths);
    if (!permissions) {
        complain(permissions.error(), lang);
        return WrongUse;
    }
    const QDate today = todayOf(parser);
    if (!today.isValid())
        return WrongUse;
    auto result = judge(paths, parser.values(QStringLiteral("item")), today, *permissions,
                              parser.value(QStringLiteral("checklist")), parser.value(QStringLiteral("stage")));
    if (!result) {
        complain(result.error(), lang);
        return WrongUse;
    }
    // The process ends with it: taking a hundred thousand findings apart first would be time for nothing.
    static const Judged *const judged = result->release();
    const QString target = parser.value(QStringLiteral("output"));
    ReportOptions options{lang, parser.isSet(QStringLiteral("all")), target.isEmpty(), {}};
    if (parser.isSet(QStringLiteral("min-verdict")))
        options.least = verdictFromString(parser.value(QStringLiteral("min-verdict")));
    if (const int code = report(*judged, *format, options, target); code != Ok)
        return code;
    if (nothingReadable(*judged)) {
        wrongUse({"読める Kubernetes のマニフェストがありません。", "no readable Kubernetes manifest was found"}, lang);
        return WrongUse;
    }
    return exitCode(*judged, parser.value(QStringLiteral("fail-on")));
}

} // namespace

const Command &checkCommand()
{
    static const Command command{
        "check", "check DIR|FILE…|- [--format text|json|sarif|junit|markdown|github] [--output FILE] [--item ID]… "
                 "[--fail-on fail|unknown|warn] [--min-verdict fail|unknown|warn] [--checklist ID|FILE] [--stage ID] [--all] [--today DATE] "
                 "[--allow-root PATH]… [--render] [--lang ja|en]",
        {"証拠を読み、項目ごとの判定を出します。readiness/ のないマニフェストは、それだけで分かることを判定します。",
         "Read the evidence and judge every item. Bare manifests are judged by what they alone can show."},
        "  tenken check .\n"
        "  tenken check deploy/ --format json --fail-on fail\n"
        "  tenken check . --stage 10%\n"
        "  tenken check . --item resilience.graceful-stop --lang ja\n"
        "  tenken check deploy/ --format sarif --output tenken.sarif\n"
        "  kustomize build overlays/production | tenken check -\n",
        false, addOptions, run};
    return command;
}

} // namespace tenken::app
