// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <evidence/discover.h>
#include <evidence/git.h>

#include <QDir>
#include <QFileInfo>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("print"), QStringLiteral("Print the file instead of writing it.")});
}

void tell(const Discovery &found, Lang lang)
{
    out() << Text{"ワークロード %1、パイプライン %2、負荷試験 %3、アラートの規則ファイル %4、ガイド %5 を見つけました。",
                  "Found: workloads %1, pipelines %2, load tests %3, files of alerting rules %4, guides %5."}
                 .arg(found.workloads, int(found.pipelines.size()), int(found.loadTests.size()),
                      int(found.prometheusRules.size()), int(found.guides.size()))
                 .in(lang)
          << "\n";
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() != 1 || !QFileInfo(arguments.first()).isDir())
        return wrongUse({"サービスのフォルダーを 1 つ指定してください。", "name one folder, the service's"}, lang);
    const QString folder = arguments.first();
    const QString file = QDir(folder).filePath(QStringLiteral("readiness/service.yaml"));
    const Discovery found = discover(folder);
    const QByteArray text = proposeServiceFile(found, lang);
    if (parser.isSet(QStringLiteral("print"))) {
        out() << QString::fromUtf8(text) << Qt::flush;
        return Ok;
    }
    if (QFileInfo::exists(file))
        return wrongUse(Text{"%1 はもうあります。書き換えません。見るだけなら --print を付けてください。",
                             "%1 is there already and is not changed. Use --print to see a proposal."}.arg(file), lang);
    QDir(folder).mkpath(QStringLiteral("readiness"));
    if (const auto written = writeAtomically(file, text); !written) {
        complain(written.error(), lang);
        return WrongUse;
    }
    tell(found, lang);
    out() << Text{"%1 を書きました。次は: tenken check %2", "Wrote %1. Next: tenken check %2"}.arg(file, folder).in(lang)
          << "\n";
    if (isInGit(folder))
        out() << Text{"git でレビューを項目ごとに統合するには: tenken merge --install %1",
                      "To let git merge reviews by item: tenken merge --install %1"}.arg(folder).in(lang) << "\n";
    out().flush();
    return Ok;
}

} // namespace

const Command &initCommand()
{
    static const Command command{"init", "init DIR [--print] [--lang ja|en]",
                                 {"フォルダーの中身を調べて、注釈付きの readiness/service.yaml を書きます。",
                                  "Look through a folder and write a commented readiness/service.yaml."},
                                 "  tenken init ../id-auth\n", false, addOptions, run};
    return command;
}

} // namespace tenken::app
