// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/service.h>

#include <evidence/servicereader.h>

#include <QRegularExpression>

namespace tenken {

namespace {

const QString formatName = QStringLiteral("tenken.service/1");

void readFormat(ServiceFields &fields, Yaml root)
{
    const Yaml format = root["format"];
    if (format.text() == formatName.toStdString())
        return;
    const Text hint = Text{"最初の行に `format: %1` と書いてください", "write `format: %1` as its first line"}.arg(formatName);
    if (ServiceFields::isUnset(format))
        fields.report(root, {"`format` がありません", "`format` is missing"}, hint);
    else
        fields.report(format,
                      Text{"形式「%1」は知りません。分かるところだけ読みました", "the format “%1” is not known; only what is understood was read"}
                          .arg(format.string().left(60)), hint);
}

void readIdentity(ServiceFields &fields, Yaml root, Service &service)
{
    service.id = fields.text({root["id"], QStringLiteral("id"), QStringLiteral("id: id-auth")});
    service.idSpan = root["id"].entrySpan();
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$"));
    if (service.id.isEmpty() && !(root["id"].isMap() || root["id"].isSequence()))
        fields.report(root["id"] ? root["id"] : root, {"`id` がありません", "`id` is missing"},
                      {"サービスの名前を `id: id-auth` のように書いてください", "write the service's name, as in `id: id-auth`"});
    else if (!service.id.isEmpty() && !form.match(service.id).hasMatch())
        fields.wrong({root["id"], QStringLiteral("id"), QStringLiteral("id: id-auth")},
                     {"英数字とハイフン", "letters, digits and hyphens"});
    service.name = fields.name({root["name"], QStringLiteral("name"),
                                QStringLiteral("name: {ja: ID認証API, en: ID authentication API}")});
    if (service.name.isEmpty())
        service.name = sameText(service.id);
    service.team = fields.text({root["team"], QStringLiteral("team"), QStringLiteral("team: identity-platform")});
    service.tier = fields.text({root["tier"], QStringLiteral("tier"), QStringLiteral("tier: 1")});
    const QString checklist = fields.text({root["checklist"], QStringLiteral("checklist"), QStringLiteral("checklist: zozotown")});
    if (!checklist.isEmpty())
        service.checklist = checklist;
    service.checklistSpan = root["checklist"].span();
    service.aliases = fields.texts({root["aliases"], QStringLiteral("aliases"), QStringLiteral("aliases: [id-auth-api]")});
}

/// `none` declares that there is nothing of the kind; so does false.
void readBatch(ServiceFields &fields, Yaml node, Service &service)
{
    if (node.text() == "none")
        service.batch = {false, node.span()};
    else
        service.batch = fields.boolean({node, QStringLiteral("batch"), QStringLiteral("batch: none")});
}

const QStringList &rootKeys()
{
    static const QStringList keys{
        QStringLiteral("format"), QStringLiteral("id"), QStringLiteral("name"), QStringLiteral("team"),
        QStringLiteral("tier"), QStringLiteral("checklist"), QStringLiteral("platform"), QStringLiteral("evidence"),
        QStringLiteral("capacity"), QStringLiteral("targets"), QStringLiteral("timing"), QStringLiteral("callers"), QStringLiteral("dependencies"),
        QStringLiteral("batch"), QStringLiteral("environments"), QStringLiteral("monitoring"), QStringLiteral("aliases"),
        QStringLiteral("overrides")};
    return keys;
}

} // namespace

QString RenderSource::name() const
{
    return (kind == Kind::Helm ? QStringLiteral("helm:") : QStringLiteral("kustomize:")) + path;
}

ServiceReading readServiceParts(const YamlFile &file)
{
    ServiceReading reading;
    Service &service = reading.service;
    service.file = file.name();
    ServiceFields fields(file.name());
    const Yaml root = file.documents().empty() ? Yaml() : file.documents().front();
    if (!root.exists() && file.errors().empty())
        fields.report(root, {"何も書かれていません", "is empty"},
                      {"`tenken init` で下書きを作れます", "`tenken init` writes a draft"});
    else if (root.exists() && !root.isMap())
        fields.wrong({root, file.name(), QStringLiteral("id: id-auth")}, {"「キー: 値」の組", "a map of keys and values"});
    if (root.isMap()) {
        fields.unknown(root, rootKeys());
        readFormat(fields, root);
        readIdentity(fields, root, service);
        readPlatform(fields, root["platform"], service);
        readSources(fields, root["evidence"], service);
        readCapacity(fields, root["capacity"], service);
        readTargets(fields, root["targets"], service);
        readTiming(fields, root["timing"], service);
        readCallers(fields, root["callers"], service);
        readDependencies(fields, root["dependencies"], service);
        readBatch(fields, root["batch"], service);
        readEnvironments(fields, root["environments"], service);
        readMonitoring(fields, root["monitoring"], service);
        readOverrides(fields, root["overrides"], service);
    }
    if (file.documents().size() > 1)
        fields.report(file.documents()[1], {"2つ目の文書は読みません", "a second document is not read"},
                      {"`---` を消し、1つの文書にしてください", "remove the `---` and write one document"});
    reading.errors = std::move(fields.errors);
    reading.warnings = std::move(fields.warnings);
    return reading;
}

Partial<Service> readService(const YamlFile &file)
{
    ServiceReading reading = readServiceParts(file);
    Partial<Service> result{std::move(reading.service), std::move(reading.errors)};
    std::ranges::move(reading.warnings, std::back_inserter(result.problems));
    return result;
}

} // namespace tenken
