// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/render.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 largestInput = 16 * 1024 * 1024;

QString program(const char *name) { return QStandardPaths::findExecutable(QString::fromLatin1(name)); }

QString relativeOf(const QString &path, const Roots &roots)
{
    QString relative;
    (void)roots.rootOf(path, &relative);
    return relative;
}

bool writeCopies(const std::vector<RenderInput> &inputs, const QString &folder, const Roots &roots)
{
    return std::ranges::all_of(inputs, [&](const RenderInput &input) {
        const QString path = folder + u'/' + relativeOf(input.source.path, roots);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(input.bytes) == input.bytes.size();
    });
}

/// All files of a chart; links that lead out of the root were refused by then.
void readChart(const RenderSource &source, const Roots &roots, Rendered &rendered)
{
    Partial<QStringList> files = roots.find(source.path, {});
    std::ranges::move(files.problems, std::back_inserter(rendered.problems));
    qint64 bytes = 0;
    QStringList all = files.value + source.values;
    all.removeDuplicates();
    for (const QString &path : all) {
        RenderInput input;
        Result<QByteArray> text = roots.read(path, largestInput, &input.source);
        if (!text) {
            rendered.problems.push_back(text.error());
            continue;
        }
        input.bytes = *std::move(text);
        bytes += input.bytes.size();
        rendered.inputs.push_back(std::move(input));
    }
    if (bytes > 4 * largestInput || rendered.inputs.size() > 5'000)
        rendered.problems.push_back({source.path, source.span, {"チャートが大きすぎます", "the chart is too large"}, {}});
}

struct Invocation {
    QString program;
    QStringList arguments;
};

Invocation invocationOf(const RenderSource &source, const QString &copy, const Roots &roots)
{
    const QString folder = copy + u'/' + relativeOf(source.path, roots);
    if (source.kind == RenderSource::Kind::Helm) {
        // Neither --dependency-update nor --post-renderer, and no cluster is asked.
        QStringList arguments{QStringLiteral("template"), source.release.isEmpty() ? QStringLiteral("release") : source.release,
                              folder, QStringLiteral("--skip-tests")};
        if (!source.nameSpace.isEmpty())
            arguments << QStringLiteral("--namespace") << source.nameSpace;
        for (const QString &values : source.values)
            arguments << QStringLiteral("--values") << copy + u'/' + relativeOf(values, roots);
        return {program("helm"), arguments};
    }
    const QStringList safe{QStringLiteral("--load-restrictor"), QStringLiteral("LoadRestrictionsRootOnly"), folder};
    if (const QString kustomize = program("kustomize"); !kustomize.isEmpty())
        return {kustomize, QStringList{QStringLiteral("build")} + safe};
    return {program("kubectl"), QStringList{QStringLiteral("kustomize")} + safe};
}

Text nameOf(RenderSource::Kind kind)
{
    return kind == RenderSource::Kind::Helm ? Text{"Helm チャート", "Helm chart"} : Text{"kustomization", "kustomization"};
}

/// Somebody else's output, read as it stands; it is traced back all the same.
void readRendered(const RenderSource &source, const Roots &roots, Rendered &rendered, const Text &why, const Text &hint)
{
    if (source.rendered.isEmpty()) {
        rendered.problems.push_back({source.path, {}, Text{"%1を組み立てていません。%2", "the %1 is not rendered: %2"}.arg(nameOf(source.kind), why), hint});
        return;
    }
    RenderInput input;
    const Result<QByteArray> text = roots.read(source.rendered, YamlLimits().bytes, &input.source);
    if (!text) {
        rendered.problems.push_back(text.error());
        return;
    }
    input.bytes = *text;
    rendered.name = input.source.path;
    rendered.file = YamlFile::parse(*text, rendered.name);
    rendered.inputs.push_back(std::move(input));
}

void runIt(const RenderSource &source, const Roots &roots, const RunLimits &limits, Rendered &rendered)
{
    const QTemporaryDir folder; // for this person's eyes only, and gone afterwards
    const QString copy = folder.filePath(QStringLiteral("in"));
    if (!folder.isValid() || !writeCopies(rendered.inputs, copy, roots)) {
        rendered.problems.push_back({source.path, {}, {"一時フォルダーに書けません", "the temporary folder cannot be written to"}, {}});
        return;
    }
    const Invocation call = invocationOf(source, copy, roots);
    rendered.program = QFileInfo(call.program).fileName();
    const Result<QByteArray> out = runRenderer(call.program, call.arguments, folder.path(), limits);
    if (out) {
        rendered.file = YamlFile::parse(*out, rendered.name);
        return;
    }
    Problem problem = out.error();
    problem.file = source.path;
    problem.hint = {"手元で同じコマンドを確かめるか、組み立てた結果を `rendered:` で指してください",
                    "try the same command by hand, or name a rendered file with `rendered:`"};
    rendered.problems.push_back(std::move(problem));
}

} // namespace

Rendered render(const RenderSource &source, const Roots &roots, const Permissions &permissions, const RunLimits &limits)
{
    Rendered rendered;
    rendered.name = source.name();
    QString relative;
    const Root *root = roots.rootOf(source.path, &relative);
    const Result<QString> place = roots.resolve(source.path);
    if (!root || !place) {
        rendered.problems.push_back(place ? Problem{source.path, {}, {}, {}} : place.error());
        return rendered;
    }
    const bool helm = source.kind == RenderSource::Kind::Helm;
    Kustomization kustomization;
    if (helm) {
        readChart(source, roots, rendered);
    } else {
        kustomization = readKustomization(source.path, roots);
        rendered.inputs = kustomization.inputs;
    }
    const std::vector<RenderInput> sources = rendered.inputs;
    const std::vector<Problem> refused = helm ? rendered.problems : kustomization.problems;
    const bool installed = !invocationOf(source, {}, roots).program.isEmpty();
    if (!installed)
        readRendered(source, roots, rendered,
                     helm ? Text{"helm がこのマシンにありません", "helm is not installed"}
                          : Text{"kustomize も kubectl もこのマシンにありません", "neither kustomize nor kubectl is installed"},
                     {"入れるか、組み立てた結果を `rendered:` で指してください", "install it, or name a rendered file with `rendered:`"});
    else if (!permissions.allowsRendering(root->folder()))
        readRendered(source, roots, rendered, {"このフォルダーでの実行は許可されていません", "running it in this folder is not allowed on this machine"},
                     {"`--render` を付けるか、窓の「許可する」で許すか、結果を `rendered:` で指してください",
                      "allow it with `--render` or in the window, or name a rendered file with `rendered:`"});
    else if (refused.empty())
        runIt(source, roots, limits, rendered);
    else if (rendered.problems = refused; !source.rendered.isEmpty()) {
        rendered.problems.clear(); // what somebody else rendered does not depend on it
        readRendered(source, roots, rendered, {}, {});
    }
    if (rendered.file)
        rendered.trace = helm ? std::make_shared<const Trace>(rendered.file, sources)
                              : std::make_shared<const Trace>(rendered.file, std::move(kustomization));
    return rendered;
}

} // namespace tenken
