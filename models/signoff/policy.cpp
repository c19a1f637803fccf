// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/policy.h>

#include <evidence/files.h>
#include <rules/signoffreader.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 largestPolicy = 1024 * 1024;

bool matches(const QString &pattern, const QString &identity)
{
    const qsizetype star = pattern.indexOf(u'*');
    if (star < 0)
        return pattern.compare(identity, Qt::CaseInsensitive) == 0;
    const QString before = pattern.left(star), after = pattern.mid(star + 1);
    return identity.size() >= before.size() + after.size() && identity.startsWith(before, Qt::CaseInsensitive)
        && identity.endsWith(after, Qt::CaseInsensitive);
}

QString fileNear(const QString &policy, Yaml node)
{
    return node ? QDir::cleanPath(QFileInfo(policy).absoluteDir().absoluteFilePath(node.string()))
                : QString();
}

class PolicyReader
{
public:
    PolicyReader(const YamlFile &file, const QString &path) : m_fields(file), m_path(path) { }
    Result<Policy> read();

private:
    void signers(Yaml role, const QString &name);
    void roles(Yaml node);
    Yaml keep(Yaml parent, const char *key, int most, int &place);

    ChecklistFields m_fields;
    QString m_path;
    Policy m_policy;
};

Yaml PolicyReader::keep(Yaml parent, const char *key, int most, int &place)
{
    const Yaml node = parent[key];
    const auto value = node.integer();
    if (value && *value >= 1 && *value <= most)
        place = int(*value);
    else if (node)
        m_fields.complain(
            node.span(),
            Text{"`%1` が 1 から %2 までの整数ではありません。", "`%1` is no whole number from 1 to %2."}.arg(
                key, most));
    return node;
}

void PolicyReader::signers(Yaml node, const QString &name)
{
    QStringList list = node.strings();
    const bool odd =
        std::ranges::any_of(list, [](const QString &s) { return s.isEmpty() || s.count(u'*') > 1; });
    if (list.isEmpty() || odd || list.size() > 1000)
        m_fields.complain(node.span(), {"`signers` が署名者の並びではありません。", "`signers` is no list of signers."},
                          {"`[sato@example.com, \"*@sre.example.com\"]` のように書いてください。",
                           "Write it like `[sato@example.com, \"*@sre.example.com\"]`."});
    m_policy.signers.insert(name, std::move(list));
}

void PolicyReader::roles(Yaml node)
{
    m_policy.rule.roles.clear();
    for (const Yaml entry : node.items()) {
        m_fields.checkKeys(entry, {"role", "title", "people", "signers"});
        SignOffRole role{entry["role"].string(), m_fields.text(entry, "title", false)};
        keep(entry, "people", 20, role.people);
        const bool twice = m_policy.rule.role(role.role) != nullptr;
        if (!isRoleName(role.role) || twice)
            m_fields.complain(entry.span(),
                              Text{"役割 `%1` は使えないか、二度あります。",
                                   "The role `%1` cannot be used, or stands there twice."}
                                  .arg(role.role),
                              {"`- {role: reviewer, signers: [sato@example.com]}` のように書いてください。",
                               "Write it like `- {role: reviewer, signers: [sato@example.com]}`."});
        if (role.title.isEmpty()) {
            const SignOffRule known;
            role.title = known.role(role.role) ? known.role(role.role)->title : sameText(role.role);
        }
        if (entry["signers"])
            signers(entry["signers"], role.role);
        m_policy.rule.roles.push_back(std::move(role));
    }
    if (m_policy.rule.roles.empty())
        m_fields.complain(node.span(), {"`roles` に役割がありません。", "`roles` names no role."});
}

Result<Policy> PolicyReader::read()
{
    m_fields.problems = m_fields.file.errors();
    if (m_fields.problems.empty() && m_fields.file.documents().empty())
        m_fields.complain({}, {"ファイルが空です。", "The file is empty."});
    if (!m_fields.problems.empty())
        return failure(m_fields.problems.front());
    const Yaml root = m_fields.file.documents().front();
    m_fields.checkKeys(root,
                       {"format", "roles", "people", "max-age-days", "allowed-signers", "revoked-keys",
                            "seal-authorities", "timestamp-authorities"});
    if (root["format"].string() != u"tenken.signoff-policy/1")
        m_fields.complain(root.span(),
                          {"`format` が `tenken.signoff-policy/1` ではありません。",
                           "`format` is not `tenken.signoff-policy/1`."});
    if (root["roles"])
        roles(root["roles"]);
    keep(root, "people", 20, m_policy.rule.people);
    keep(root, "max-age-days", 3660, m_policy.maxAgeDays);
    m_policy.trust = {fileNear(m_path, root["allowed-signers"]), fileNear(m_path, root["revoked-keys"])};
    m_policy.seal = {fileNear(m_path, root["seal-authorities"]),
                     fileNear(m_path, root["timestamp-authorities"])};
    // A policy that is only half understood could let through what the other half forbids.
    if (!m_fields.problems.empty())
        return failure(m_fields.problems.front());
    m_policy.file = m_path;
    m_policy.digest = sha256Hex(m_fields.file.text());
    return std::move(m_policy);
}

} // namespace

bool Policy::maySign(const QString &role, const QString &identity) const
{
    const auto list = signers.find(role);
    return list == signers.end()
        || std::ranges::any_of(*list, [&](const QString &pattern) { return matches(pattern, identity); });
}

Policy builtinPolicy()
{
    Policy policy;
    policy.maxAgeDays = policy.rule.validDays;
    return policy;
}

Result<Policy> parsePolicy(const QByteArray &bytes, const QString &path)
{
    const auto file = YamlFile::parse(bytes, path);
    return PolicyReader(*file, path).read();
}

Result<Policy> readPolicy(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || file.size() > largestPolicy || !file.open(QIODevice::ReadOnly))
        return failure({path, {}, {"方針のファイルを読めません。", "The policy file cannot be read."}, {}});
    return parsePolicy(file.readAll(), path);
}

SignOffRule stricterOf(const SignOffRule &policy, const SignOffRule &document)
{
    SignOffRule both = policy;
    for (const SignOffRole &role : document.roles) {
        const auto known = std::ranges::find(both.roles, role.role, &SignOffRole::role);
        if (known == both.roles.end())
            both.roles.push_back(role);
        else
            known->people = std::max(known->people, role.people);
    }
    both.people = std::max(policy.people, document.people);
    return both;
}

QString usualFile(const QString &name)
{
    const QString path = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/tenken/") + name;
    return QFileInfo(path).isFile() ? path : QString();
}

Result<Policy> policyAtHand(const QString &path, const Trust &given)
{
    const QString file = path.isEmpty() ? usualFile(QStringLiteral("signoff-policy.yaml")) : path;
    Result<Policy> policy = file.isEmpty() ? builtinPolicy() : readPolicy(file);
    if (!policy)
        return policy;
    const auto choose = [](const QString &named, QString &place, const char *usual) {
        if (!named.isEmpty())
            place = QFileInfo(named).absoluteFilePath();
        else if (place.isEmpty())
            place = usualFile(QString::fromLatin1(usual));
    };
    choose(given.allowedSigners, policy->trust.allowedSigners, "allowed_signers");
    choose(given.revoked, policy->trust.revoked, "revoked_keys");
    return policy;
}

} // namespace tenken
