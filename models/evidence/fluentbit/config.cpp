// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/fluentbit/config.h>
#include <evidence/fluentbit/fragment.h>

#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace tenken
{

using namespace Qt::StringLiterals;

QString FluentBitSection::value(const QString &key) const
{
    const FluentBitSetting *found = setting(key);
    return found ? found->value : QString();
}

const FluentBitSetting *FluentBitSection::setting(const QString &key) const
{
    const auto it = std::ranges::find(settings, key, &FluentBitSetting::key);
    return it == settings.end() ? nullptr : &*it;
}

std::vector<const FluentBitSection *> FluentBitConfig::ofKind(const QString &kind) const
{
    std::vector<const FluentBitSection *> found;
    for (const FluentBitSection &s : sections) {
        if (s.kind == kind && s.active)
            found.push_back(&s);
    }
    return found;
}

namespace
{

QString fileName(const QString &path)
{
    return path.section(u'/', -1);
}

bool isService(const FluentBitFragment &f)
{
    return std::ranges::contains(f.sections, u"service"_s, &FluentBitSection::kind);
}

// The file that Fluent Bit is started with. Without one they are fragments for somebody else's: all count.
std::vector<const FluentBitFragment *> mainFiles(const std::vector<FluentBitFragment> &all)
{
    std::vector<const FluentBitFragment *> found;
    for (const FluentBitFragment &f : all) {
        if (fileName(f.name) == u"fluent-bit.conf" || fileName(f.name).startsWith(u"fluent-bit.y")
            || isService(f))
            found.push_back(&f);
    }
    return found;
}

/// Puts the files of one configuration together by what they include.
FluentBitConfig assembled(const QString &file, const QString &object, std::vector<FluentBitFragment> all)
{
    FluentBitConfig config{file, object, {}, {}};
    std::vector<const FluentBitFragment *> reached = mainFiles(all);
    const bool fragmentsOnly = reached.empty();
    for (size_t i = 0; i < reached.size() || (fragmentsOnly && i < all.size()); ++i) {
        const FluentBitFragment &f = fragmentsOnly ? all[i] : *reached[i];
        for (const QString &include : f.includes) {
            const auto pattern = QRegularExpression::fromWildcard(fileName(include));
            bool any = false;
            for (const FluentBitFragment &other : all) {
                if (!pattern.match(fileName(other.name)).hasMatch())
                    continue;
                any = true;
                if (!std::ranges::contains(reached, &other) && !fragmentsOnly)
                    reached.push_back(&other);
            }
            if (!any)
                config.missing << include;
        }
    }
    for (FluentBitFragment &f : all) {
        const bool active = fragmentsOnly || std::ranges::contains(reached, &f);
        for (FluentBitSection &s : f.sections) {
            s.active = active;
            config.sections.push_back(std::move(s));
        }
    }
    return config;
}

// A literal block begins on the line after its "|"; the text of a quoted scalar has no lines of its own.
TextPlace placeOfText(const QString &file, Yaml value, const YamlFile *source)
{
    const Span span = value.span();
    if (span.endLine <= span.line || !source)
        return {file, span.line, 0};
    const QByteArray line = source->text().split('\n').value(span.line);
    const qsizetype indent = std::ranges::find_if(line, [](char c) { return c != ' '; }) - line.begin();
    return {file, span.line + 1, int(indent)};
}

std::optional<FluentBitFragment> fragmentOf(const QString &name, Yaml value, const QString &file,
                                            const YamlFile *source)
{
    const QString text = value.string();
    if (looksClassic(text))
        return readClassic(name, text, placeOfText(file, value, source));
    if (!text.contains(u"pipeline:") && !text.contains(u"includes:"))
        return {};
    const auto yaml = YamlFile::parse(text.toUtf8(), name);
    if (yaml->documents().empty() || !looksLikePipeline(yaml->documents().front()))
        return {};
    return readPipeline(name, yaml->documents().front(), placeOfText(file, value, source));
}

void readConfigMap(const KubeObject &map, const Manifests &manifests, std::vector<FluentBitConfig> &configs)
{
    std::vector<FluentBitFragment> fragments;
    for (const auto &[key, value] : map.node["data"].entries()) {
        if (!value.isScalar())
            continue;
        if (auto fragment = fragmentOf(key.string(), value, map.file, manifests.fileOf(map.file)))
            fragments.push_back(*std::move(fragment));
    }
    const bool parsersOnly = std::ranges::all_of(fragments, [](const FluentBitFragment &f) {
        return f.includes.isEmpty() && std::ranges::all_of(f.sections, [](const FluentBitSection &s) {
                   return s.kind.endsWith(u"parser");
               });
    });
    if (!parsersOnly)
        configs.push_back(assembled(map.file, map.title(), std::move(fragments)));
}

// spec: {match: kube.*, firehose: {region: …, deliveryStream: …}}
void readOperatorOutput(const KubeObject &object, std::vector<FluentBitConfig> &configs)
{
    const Yaml spec = object.node["spec"];
    FluentBitSection section{u"output"_s, {}, object.file, object.node["metadata"]["name"].entrySpan(), true};
    const auto set = [&](const QString &key, Yaml value) {
        if (value.isScalar())
            section.settings.push_back({key, value.string(), value.entrySpan()});
    };
    for (const auto &[kind, plugin, key] :
         {std::tuple("firehose", u"kinesis_firehose"_s, "deliveryStream"),
          std::tuple("kinesis", u"kinesis_streams"_s, "stream"), std::tuple("s3", u"s3"_s, "Bucket")}) {
        const Yaml target = spec[kind];
        if (!target.isMap())
            continue;
        section.settings.push_back({u"name"_s, plugin, target.keySpan()});
        set(plugin == u"kinesis_firehose" ? u"delivery_stream"_s : QString::fromLatin1(key).toLower(),
            target[key]);
        set(u"region"_s, target["region"]);
    }
    for (const auto &[key, value] : spec.entries()) {
        if (section.settings.empty() && value.isMap())
            section.settings.push_back({u"name"_s, key.string(), section.span});
    }
    set(u"match"_s, spec["match"]);
    set(u"match_regex"_s, spec["matchRegex"]);
    configs.push_back({object.file, object.title(), {section}, {}});
}

} // namespace

std::vector<FluentBitConfig> readFluentBit(const Manifests &manifests,
                                           const std::vector<std::shared_ptr<const YamlFile>> &yaml,
                                           const std::vector<PlainFile> &plain)
{
    std::vector<FluentBitConfig> configs;
    for (const KubeObject &object : manifests.objects) {
        if (object.kind == u"ConfigMap")
            readConfigMap(object, manifests, configs);
        else if (object.group() == u"fluentbit.fluent.io" && object.kind.endsWith(u"Output"))
            readOperatorOutput(object, configs);
    }
    std::map<QString, std::vector<FluentBitFragment>>
        folders; // plain files of one folder are one configuration
    for (const PlainFile &file : plain) {
        const QString text = QString::fromUtf8(file.text);
        if (looksClassic(text))
            folders[file.name.section(u'/', 0, -2)].push_back(
                readClassic(file.name, text, {file.name, 1, 0}));
    }
    for (const auto &file : yaml) {
        if (!file->documents().empty() && looksLikePipeline(file->documents().front()))
            folders[file->name().section(u'/', 0, -2)].push_back(
                readPipeline(file->name(), file->documents().front(), {file->name(), 1, 0}));
    }
    for (auto &[folder, fragments] : folders) {
        const QString name = fragments.front().name;
        configs.push_back(assembled(name, {}, std::move(fragments)));
    }
    return configs;
}

bool mayMatch(const QString &pattern, const QString &tag)
{
    // Both may hold `*`: is there a text that both describe? By position in each, remembered.
    const qsizetype n = std::min<qsizetype>(pattern.size(), 500), m = std::min<qsizetype>(tag.size(), 500);
    std::vector<char> row(size_t(m) + 1, 0), next(size_t(m) + 1, 0);
    row[0] = 1;
    for (qsizetype j = 1; j <= m; ++j)
        row[size_t(j)] = row[size_t(j - 1)] && tag.at(j - 1) == u'*';
    for (qsizetype i = 1; i <= n; ++i) {
        const QChar p = pattern.at(i - 1);
        next[0] = row[0] && p == u'*';
        for (qsizetype j = 1; j <= m; ++j) {
            const QChar t = tag.at(j - 1);
            const size_t k = size_t(j);
            if (p == u'*' || t == u'*')
                next[k] = row[k] || next[k - 1] || row[k - 1];
            else
                next[k] = row[k - 1] && p == t;
        }
        std::swap(row, next);
    }
    return row[size_t(m)];
}

} // namespace tenken
