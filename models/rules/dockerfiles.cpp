// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/pipelines.h>

#include <analysis/commandpurpose.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr qsizetype largest = 200'000;

struct RunLine {
    QString text;
    int line = 0, endLine = 0;
};

/// `RUN` of a Dockerfile, with its continued lines.
std::vector<RunLine> runLines(const QString &text)
{
    std::vector<RunLine> runs;
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString first = lines[i].trimmed();
        if (!first.startsWith(u"RUN ", Qt::CaseInsensitive))
            continue;
        RunLine run{first.sliced(4), int(i) + 1, int(i) + 1};
        while (run.text.endsWith(u'\\') && i + 1 < lines.size()) {
            const QString next = lines[++i].trimmed();
            run.text.chop(1);
            run.text += u' ' + (next.startsWith(u'#') ? QStringLiteral("\\") : next);
        }
        run.endLine = int(i) + 1;
        runs.push_back(std::move(run));
    }
    return runs;
}

bool does(const QString &text, unsigned kind)
{
    ShellReader reader;
    const ShellScript script = reader.take(reader.read({text, {}, {1, 1, 1, 2}, 0, 0, {}}, {}));
    return std::ranges::any_of(script.commands, [&](const ShellCommand &command) {
        return std::ranges::any_of(purposeOf(command.words).found, [&](const FoundStep &s) { return s.kinds & kind; });
    });
}

} // namespace

std::optional<Finding> dockerfileFinding(const RuleContext &context, const CheckTexts &texts, unsigned kind)
{
    for (const RepositoryFile &file : context.evidence.repository->files) {
        const QString name = file.path.section(u'/', -1);
        if (!name.startsWith(u"Dockerfile") && !name.endsWith(u".dockerfile", Qt::CaseInsensitive))
            continue;
        for (const RunLine &run : runLines(QString::fromUtf8(file.bytes.left(largest)))) {
            if (!does(run.text, kind))
                continue;
            Finding f = findingFor(context, texts.title);
            f.file = file.path;
            f.span = {run.line, 1, run.endLine, 2};
            f.measured = sameText(run.text.left(80));
            return say(std::move(f), Verdict::Unknown,
                       Text{"%1が Dockerfile の中にあります。送るイメージの段で動くかは確かめられません。",
                            "The Dockerfile has %1; whether the stage that is pushed runs it cannot be told."}.arg(texts.noun),
                       {"イメージを作る前の手順としても、パイプラインに書いてください。", "Write it in the pipeline too, as a step before the image is built."});
        }
    }
    return {};
}

} // namespace tenken
