// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/examples.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

const QStringList verdictFolders{QStringLiteral("pass"), QStringLiteral("fail"), QStringLiteral("warn"),
                                 QStringLiteral("unknown"), QStringLiteral("n-a")};
constexpr int mostExamples = 10'000;

std::optional<Verdict> verdictOfFolder(const QString &name)
{
    return verdictFromString(name == u"n-a" ? QStringLiteral("n/a") : name);
}

QStringList yamlFiles(const QString &folder)
{
    QStringList files;
    QDirIterator it(folder, {QStringLiteral("*.yaml"), QStringLiteral("*.yml"), QStringLiteral("*.json")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext() && files.size() < mostExamples)
        files << it.next();
    std::ranges::sort(files);
    return files;
}

/// The file's documents as texts: the service description is read by another reader than the manifests.
std::vector<QByteArray> documentsOf(const QByteArray &yaml)
{
    static const QRegularExpression separator(QStringLiteral("^---[ \\t]*(#.*)?$"), QRegularExpression::MultilineOption);
    std::vector<QByteArray> documents;
    for (const QString &text : QString::fromUtf8(yaml).split(separator))
        documents.push_back(text.toUtf8());
    return documents;
}

Problem wrongFolder(const QString &file)
{
    return {file, {}, {"フォルダーの名前が判定ではありません", "is not in a folder named after a verdict"},
            Text{"規則か項目の名前のフォルダーの下に、%1 のどれかを作ってください",
                 "below a folder named after the rule or item, use one of %1"}.arg(verdictFolders.join(QStringLiteral(", ")))};
}

const RuleUse *useOf(const Checklist &checklist, const QString &rule)
{
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            const auto it = std::ranges::find(item.rules, rule, &RuleUse::rule);
            if (it != item.rules.end())
                return &*it;
        }
    }
    return nullptr;
}

Problem unknownSubject(const Example &example, const Checklist &checklist)
{
    QStringList known;
    for (const Rule &rule : allRules())
        known << QString::fromUtf8(rule.name);
    for (const Section &section : checklist.sections) {
        for (const Item &item : section.items) {
            known << item.id;
            for (const RuleUse &use : item.rules)
                known << use.rule;
        }
    }
    const auto near = didYouMean(example.subject, known);
    return {example.file, {},
            Text{"規則にも項目にも %1 はありません", "there is neither a rule nor an item %1"}.arg(example.subject),
            near ? Text{"%1 のことですか", "did you mean %1?"}.arg(*near)
                 : Text{"`tenken rules` で一覧を見られます", "`tenken rules` lists the rules"}};
}

} // namespace

QString Example::caption() const
{
    QStringList lines;
    for (const QString &line : QString::fromUtf8(yaml).split(u'\n')) {
        if (!line.startsWith(u'#'))
            break;
        lines << line.sliced(1).trimmed();
    }
    return lines.join(u' ');
}

std::vector<Example> builtinExamples(const QString &rule)
{
    return readExamples(QStringLiteral(":/examples/") + rule).value;
}

Partial<std::vector<Example>> readExamples(const QString &folder)
{
    Partial<std::vector<Example>> result;
    for (const QString &path : yamlFiles(folder)) {
        const QStringList parts = path.split(u'/');
        const QString file = parts.size() < 3 ? path : parts.last(3).join(u'/');
        const auto expected = parts.size() < 3 ? std::nullopt : verdictOfFolder(parts.at(parts.size() - 2));
        if (!expected) {
            result.problems.push_back(wrongFolder(file));
            continue;
        }
        QFile bytes(path);
        if (!bytes.open(QIODevice::ReadOnly) || bytes.size() > YamlLimits().bytes) {
            result.problems.push_back({file, {}, {"読めません", "cannot be read"}, {}});
            continue;
        }
        result.value.push_back({parts.at(parts.size() - 3), *expected, file, bytes.readAll()});
    }
    return result;
}

Evidence evidenceOf(const Example &example)
{
    Evidence evidence;
    const auto file = YamlFile::parse(example.yaml, example.file);
    evidence.unreadable = file->errors();
    Partial<Manifests> manifests = readManifests({file});
    std::ranges::move(manifests.problems, std::back_inserter(evidence.unreadable));
    evidence.manifests = std::make_shared<const Manifests>(std::move(manifests.value));
    for (const QByteArray &text : documentsOf(example.yaml)) {
        const auto document = YamlFile::parse(text, QStringLiteral("readiness/service.yaml"));
        if (document->documents().empty() || document->documents().front()["format"].text() != "tenken.service/1")
            continue;
        evidence.serviceFile = document;
        Partial<Service> service = readService(*document);
        evidence.service = std::move(service.value);
        evidence.service.file = document->name();
        std::ranges::move(service.problems, std::back_inserter(evidence.unreadable));
    }
    return evidence;
}

Result<ItemResult> judgeExample(const Example &example, const Checklist &checklist)
{
    Checklist small;
    small.id = checklist.id;
    if (const Item *item = checklist.item(example.subject)) {
        small.sections.push_back({QStringLiteral("examples"), {}, {*item}});
    } else {
        const RuleUse *use = useOf(checklist, example.subject);
        if (!use && !findRule(example.subject))
            return failure(unknownSubject(example, checklist));
        Item alone;
        alone.id = QStringLiteral("examples.") + example.subject;
        alone.rules = {use ? *use : RuleUse{example.subject, {}, {}, {}}};
        small.sections.push_back({QStringLiteral("examples"), {}, {alone}});
    }
    return evaluate(small, evidenceOf(example)).items.front();
}

} // namespace tenken
