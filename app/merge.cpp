// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <evidence/files.h>
#include <review/mergefile.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("install"), QStringLiteral("Let git merge reviews below this folder with Tenken (.gitattributes and this clone's git config).")});
}

Result<QByteArray> readSide(const QString &path)
{
    QFile file(path);
    const qint64 most = YamlLimits().bytes;
    if (!file.open(QIODevice::ReadOnly) || file.size() > most)
        return failure({path, {}, {"読めません", "cannot be read"}, {}});
    return file.read(most);
}

/// Lines, as git itself would: whatever the files hold, nothing is lost.
int mergeLines(const QStringList &sides, Lang lang)
{
    QProcess git;
    git.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    git.start(QStringLiteral("git"), {QStringLiteral("merge-file"), QStringLiteral("--diff3"), QStringLiteral("-L"), QStringLiteral("ours"),
                                      QStringLiteral("-L"), QStringLiteral("base"), QStringLiteral("-L"), QStringLiteral("theirs"),
                                      sides[1], sides[0], sides[2]});
    if (!git.waitForFinished(60'000) || git.exitStatus() != QProcess::NormalExit) {
        complain({sides[1], {}, {"git で統合できません", "git could not merge it"}, sameText(git.errorString())}, lang);
        return WrongUse;
    }
    return git.exitCode() == 0 ? Ok : NotReady;
}

void tell(const std::vector<MergeConflict> &conflicts, Lang lang)
{
    err() << Text{"review.yaml: 同じところへの回答が %1 件あります。tenken で開くと、どちらを残すか選べます。",
                  "review.yaml: %1 answers to the same field. Open it with tenken to choose."}.arg(conflicts.size()).in(lang) << "\n";
    for (const MergeConflict &c : conflicts) {
        const Text line = Text{"  %1: %2 — 「%3」と「%4」", "  %1: %2 — \"%3\" and \"%4\""}.arg(
            c.item.isEmpty() ? QStringLiteral("review") : c.item, c.field, c.ours, c.theirs);
        err() << visible(maskSecrets(line.in(lang))) << "\n";
    }
    err().flush();
}

int merge(const QStringList &sides, Lang lang)
{
    std::vector<QByteArray> texts;
    for (const QString &path : sides) {
        const auto text = readSide(path);
        if (!text) {
            complain(text.error(), lang);
            return WrongUse;
        }
        texts.push_back(*text);
    }
    const auto merged = mergeFiles(texts[0], texts[1], texts[2]);
    if (!merged)
        return mergeLines(sides, lang);
    if (const auto written = writeAtomically(QFileInfo(sides[1]).absoluteFilePath(), merged->bytes); !written) {
        complain(written.error(), lang);
        return WrongUse;
    }
    if (merged->conflicts.empty())
        return Ok;
    tell(merged->conflicts, lang);
    return NotReady;
}

bool configure(const QString &folder, const QString &key, const QString &value)
{
    QProcess git;
    git.setWorkingDirectory(folder);
    git.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    git.start(QStringLiteral("git"), {QStringLiteral("config"), key, value});
    return git.waitForFinished(20'000) && git.exitStatus() == QProcess::NormalExit && git.exitCode() == 0;
}

/// Git runs it through a shell. Where Tenken cannot do it (it was moved, or a side cannot be read), git merges the
/// lines: its own answer to a driver that does not start is "ours", without a mark of what is missing.
QString driver()
{
    const QString own = QFileInfo(QCoreApplication::applicationFilePath()).canonicalFilePath();
    const QString found = QStandardPaths::findExecutable(QStringLiteral("tenken"));
    const bool onPath = !found.isEmpty() && QFileInfo(found).canonicalFilePath() == own;
    const QString program = onPath ? QStringLiteral("tenken") : u'\'' + QString(own).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
    return program + QStringLiteral(" merge %O %A %B; s=$?; test $s -le 1 && exit $s; "
                                    "git merge-file --diff3 -L ours -L base -L theirs %A %O %B");
}

int install(const QString &folder, Lang lang)
{
    const QString line = QStringLiteral("readiness/review.yaml merge=tenken");
    const QString path = QDir(folder).filePath(QStringLiteral(".gitattributes"));
    QByteArray text = readSide(path).value_or(QByteArray());
    if (QFileInfo::exists(path) && text.isEmpty() && QFileInfo(path).size() > 0)
        return wrongUse(Text{"%1 を読めません", "%1 cannot be read"}.arg(path), lang);
    if (!configure(folder, QStringLiteral("merge.tenken.name"), QStringLiteral("Tenken reviews, answer by answer"))
        || !configure(folder, QStringLiteral("merge.tenken.driver"), driver()))
        return wrongUse(Text{"%1 の git に設定できません", "git of %1 could not be configured"}.arg(folder), lang);
    if (!text.split('\n').contains(line.toUtf8())) {
        if (!text.isEmpty() && !text.endsWith('\n'))
            text += '\n';
        if (const auto written = writeAtomically(QFileInfo(path).absoluteFilePath(), text + line.toUtf8() + '\n'); !written) {
            complain(written.error(), lang);
            return WrongUse;
        }
    }
    out() << Text{"%1 と、この複製の git の設定に書きました。.gitattributes はコミットし、ほかの人には同じ命令を頼んでください。",
                  "Written to %1 and to this clone's git config. Commit .gitattributes; others run the same command once."}.arg(path).in(lang)
          << Qt::endl;
    return Ok;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    if (parser.isSet(QStringLiteral("install"))) {
        if (arguments.size() != 1 || !QFileInfo(arguments.first()).isDir())
            return wrongUse({"サービスのフォルダーを 1 つ指定してください。例: tenken merge --install .",
                             "name one service's folder, for example: tenken merge --install ."}, lang);
        return install(arguments.first(), lang);
    }
    if (arguments.size() != 3)
        return wrongUse({"使い方: tenken merge BASE OURS THEIRS", "usage: tenken merge BASE OURS THEIRS"}, lang);
    return merge(arguments, lang);
}

} // namespace

const Command &mergeCommand()
{
    static const Command command{
        "merge", "merge BASE OURS THEIRS | --install DIR [--lang ja|en]",
        {"2 人の review.yaml を項目と欄ごとに統合し、OURS に書きます。git から呼ばせることもできます。",
         "Merge two people's review.yaml answer by answer into OURS; git can be made to call it. Exits 1 when both answered the same."},
        "  tenken merge --install .\n", false, addOptions, run};
    return command;
}

} // namespace tenken::app
