// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/prometheus/alertmanager.h>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int deepestRoute = 50, mostRoutes = 5'000;

/// Reads one document; the first thing that Alertmanager would refuse ends it.
class Reader
{
public:
    Reader(Yaml document, const QString &file, bool part)
        : m_document(document)
        , m_file(file)
        , m_part(part)
    {
    }

    Result<Alertmanager> read();

private:
    void refuse(Yaml node, const Text &message);
    void readReceivers(Alertmanager &result);
    AlertRoute route(Yaml node, const QString &inherited, int depth);
    std::vector<LabelMatcher> matchers(Yaml node, const char *equal, const char *regex, const char *list);
    void addPairs(Yaml node, LabelMatcher::Kind kind, std::vector<LabelMatcher> &all);
    void addList(Yaml node, std::vector<LabelMatcher> &all);

    Yaml m_document;
    QString m_file;
    bool m_part;
    QStringList m_receivers;
    int m_routes = 0;
    std::optional<Problem> m_problem;
};

void Reader::refuse(Yaml node, const Text &message)
{
    if (!m_problem)
        m_problem = Problem{m_file, node.span(), message, {"`amtool check-config` で確かめられます", "`amtool check-config` tells more"}};
}

Yaml either(Yaml node, const char *snake, const char *camel)
{
    return node[snake] ? node[snake] : node[camel];
}

/// A channel or an address, without what a handle cannot hold.
QString handleOf(const QString &kind, QString target)
{
    while (target.startsWith(u'#') || target.startsWith(u'@'))
        target.remove(0, 1);
    return u"@%1-%2"_s.arg(kind, target);
}

QStringList handlesOf(Yaml receiver, const QString &name)
{
    // Those of the custom resource are spelt in camel case.
    static const std::pair<const char *, const char *> kinds[] = {
        {"pagerduty", "pagerduty"}, {"webhook", "webhook"},   {"opsgenie", "opsgenie"}, {"victorops", "victorops"},
        {"pushover", "pushover"},   {"sns", "sns"},           {"telegram", "telegram"}, {"wechat", "wechat"},
        {"discord", "discord"},     {"webex", "webex"},       {"msteams", "teams"},     {"msteamsv2", "teams"},
        {"jira", "jira"},           {"rocketchat", "rocketchat"}, {"incidentio", "incidentio"}};
    const auto configs = [&](const QString &kind) {
        return either(receiver, (kind.toUtf8() + "_configs").constData(), (kind.toUtf8() + "Configs").constData());
    };
    QStringList handles;
    for (const Yaml slack : configs(u"slack"_s).items())
        handles << handleOf(u"slack"_s, slack["channel"].stringOr(name));
    for (const Yaml email : configs(u"email"_s).items()) {
        for (const QString &address : email["to"].string().split(u',', Qt::SkipEmptyParts))
            handles << u'@' + address.trimmed();
    }
    for (const auto &[kind, word] : kinds) {
        if (configs(QString::fromLatin1(kind)).size() > 0)
            handles << handleOf(QString::fromLatin1(word), name);
    }
    handles.removeDuplicates();
    return handles;
}

/// Where Slack is called, or as whom: of the receiver or of all.
bool hasSlackAddress(Yaml config, const char *prefix)
{
    static const char *const keys[] = {"api_url", "api_url_file", "app_token", "app_token_file"};
    return config["http_config"]
        || std::ranges::any_of(keys, [&](const char *key) { return bool(config[(QByteArray(prefix) + key).constData()]); });
}

void Reader::readReceivers(Alertmanager &result)
{
    const bool addressed = m_part || hasSlackAddress(m_document["global"], "slack_");
    const Yaml list = m_document["receivers"];
    for (const Yaml receiver : list.items()) {
        const QString name = receiver["name"].string();
        if (name.isEmpty() || result.receivers.contains(name))
            refuse(receiver, name.isEmpty() ? Text{"受け手に `name` がありません", "a receiver has no `name`"}
                                            : Text{"受け手「%1」が2回あります", "the receiver “%1” stands twice"}.arg(name));
        for (const Yaml slack : addressed ? std::vector<Yaml>() : receiver["slack_configs"].items()) {
            if (!hasSlackAddress(slack, ""))
                refuse(slack, {"Slack の宛先に `api_url` がなく、`global` の `slack_api_url` もありません",
                               "a receiver of Slack has no `api_url`, nor `global` a `slack_api_url`"});
        }
        result.receivers.insert(name, handlesOf(receiver, name));
    }
    m_receivers = result.receivers.keys();
}

void Reader::addPairs(Yaml node, LabelMatcher::Kind kind, std::vector<LabelMatcher> &all)
{
    for (const auto &[key, value] : node.entries())
        all.push_back({key.string(), kind, value.string()});
}

/// Texts, or the maps {name, matchType, value, regex} of an AlertmanagerConfig.
void Reader::addList(Yaml node, std::vector<LabelMatcher> &all)
{
    using Kind = LabelMatcher::Kind;
    const std::vector<Yaml> items = node.isScalar() ? std::vector{node} : node.items();
    for (const Yaml item : items) {
        if (item.isMap()) {
            static const QStringList signs = {u"="_s, u"!="_s, u"=~"_s, u"!~"_s};
            const qsizetype sign = signs.indexOf(item["matchType"].string());
            const Kind plain = item["regex"].boolean().value_or(false) ? Kind::Matches : Kind::Equal;
            all.push_back({item["name"].string(), sign < 0 ? plain : Kind(sign), item["value"].string()});
        } else if (const auto parsed = parseMatchers(item.string()); parsed && !parsed->empty()) {
            std::ranges::copy(*parsed, std::back_inserter(all));
        } else {
            refuse(item, Text{"条件「%1」が読み取れません", "the matcher “%1” cannot be understood"}.arg(item.string().left(100)));
        }
    }
}

std::vector<LabelMatcher> Reader::matchers(Yaml node, const char *equal, const char *regex, const char *list)
{
    std::vector<LabelMatcher> all;
    addPairs(node[equal], LabelMatcher::Kind::Equal, all);
    addPairs(node[regex], LabelMatcher::Kind::Matches, all);
    addList(node[list], all);
    return all;
}

AlertRoute Reader::route(Yaml node, const QString &inherited, int depth)
{
    AlertRoute result;
    if (depth > deepestRoute || ++m_routes > mostRoutes) {
        refuse(node, {"経路が多すぎるか、深すぎます", "there are too many routes, or too deep ones"});
        return result;
    }
    if (!node.isMap()) {
        refuse(node, {"経路は「キー: 値」の組です", "a route is a map"});
        return result;
    }
    result.span = node.span();
    result.receiver = node["receiver"].stringOr(inherited);
    if (!m_receivers.contains(result.receiver))
        refuse(node["receiver"] ? node["receiver"] : node,
               result.receiver.isEmpty() ? Text{"経路に `receiver` がありません", "a route has no `receiver`"}
                                         : Text{"受け手「%1」がありません", "there is no receiver “%1”"}.arg(result.receiver));
    result.matchers = matchers(node, "match", "match_re", "matchers");
    result.continues = node["continue"].boolean().value_or(false);
    result.mutedDuring = either(node, "mute_time_intervals", "muteTimeIntervals").strings();
    result.onlyDuring = either(node, "active_time_intervals", "activeTimeIntervals").strings();
    for (const Yaml child : node["routes"].items())
        result.routes.push_back(route(child, result.receiver, depth + 1));
    return result;
}

Result<Alertmanager> Reader::read()
{
    Alertmanager result;
    result.file = m_file;
    readReceivers(result);
    result.root = route(m_document["route"], {}, 0);
    if (!m_part && (!result.root.matchers.empty() || result.root.continues))
        refuse(m_document["route"], {"根の経路に条件は付けられません", "the root route may have no matchers"});
    for (const Yaml rule : either(m_document, "inhibit_rules", "inhibitRules").items()) {
        InhibitRule inhibition;
        inhibition.span = rule.span();
        inhibition.source = matchers(rule, "source_match", "source_match_re", rule["sourceMatch"] ? "sourceMatch" : "source_matchers");
        inhibition.target = matchers(rule, "target_match", "target_match_re", rule["targetMatch"] ? "targetMatch" : "target_matchers");
        result.inhibitions.push_back(std::move(inhibition));
    }
    if (m_problem)
        return failure(*m_problem);
    return result;
}

} // namespace

bool isAlertmanager(Yaml document)
{
    return document["route"].isMap() && document["receivers"].isSequence();
}

Result<Alertmanager> readAlertmanager(Yaml document, const QString &file, bool part)
{
    return Reader(document, file, part).read();
}

} // namespace tenken
