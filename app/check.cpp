// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/judged.h"
#include "app/permitted.h"
#include "app/report.h"

#include <algorithm>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("format"), QStringLiteral("Output format (default: text)."), QStringLiteral("text|json"),
                      QStringLiteral("text")});
    parser.addOption({QStringLiteral("item"), QStringLiteral("Judge only this item; may be given several times."),
                      QStringLiteral("ID")});
    parser.addOption({QStringLiteral("fail-on"),
                      QStringLiteral("Exit 1 only when an item's verdict is this bad or worse (fail > unknown > warn) "
                                     "instead of on anything but GO."),
                      QStringLiteral("fail|unknown|warn")});
    parser.addOption(todayOption());
    parser.addOption({QStringLiteral("all"), QStringLiteral("Text: list passing findings too.")});
    addPermissionOptions(parser);
}

int badness(Verdict v)
{
    switch (v) {
    case Verdict::Fail:
        return 3;
    case Verdict::Unknown:
        return 2;
    case Verdict::Warn:
        return 1;
    default:
        return 0;
    }
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

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList paths = parser.positionalArguments();
    if (paths.isEmpty())
        return wrongUse({"調べるフォルダーかファイルを指定してください。例: tenken check .",
                         "name a folder or files to check, for example: tenken check ."}, lang);
    const auto format = oneOf(parser, QStringLiteral("format"), {"text", "json"});
    if (!format)
        return WrongUse;
    const QString failOn = parser.value(QStringLiteral("fail-on"));
    if (!failOn.isEmpty() && !oneOf(parser, QStringLiteral("fail-on"), {"fail", "unknown", "warn"}))
        return WrongUse;

    const Result<Permissions> permissions = permissionsOf(parser, paths);
    if (!permissions) {
        complain(permissions.error(), lang);
        return WrongUse;
    }
    const QDate today = todayOf(parser);
    if (!today.isValid())
        return WrongUse;
    const auto judged = judge(paths, parser.values(QStringLiteral("item")), today, *permissions);
    if (!judged) {
        complain(judged.error(), lang);
        return WrongUse;
    }
    if (*format == u"json")
        out() << jsonReport(**judged, lang) << Qt::flush;
    else
        out() << textReport(**judged, lang, parser.isSet(QStringLiteral("all"))) << Qt::flush;
    if (nothingReadable(**judged)) {
        wrongUse({"読める Kubernetes のマニフェストがありません。", "no readable Kubernetes manifest was found"}, lang);
        return WrongUse;
    }
    return exitCode(**judged, failOn);
}

} // namespace

const Command &checkCommand()
{
    static const Command command{
        "check", "check DIR|FILE… [--format text|json] [--item ID]… [--fail-on fail|unknown|warn] [--all] [--today DATE] [--allow-root PATH]… [--render] [--lang ja|en]",
        {"証拠を読み、項目ごとの判定を出します。readiness/ のないマニフェストは、それだけで分かることを判定します。",
         "Read the evidence and judge every item. Bare manifests are judged by what they alone can show."},
        "  tenken check .\n"
        "  tenken check deploy/ --format json --fail-on fail\n"
        "  tenken check . --item resilience.graceful-stop --lang ja\n",
        false, addOptions, run};
    return command;
}

} // namespace tenken::app
