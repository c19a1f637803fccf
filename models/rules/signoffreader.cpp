// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/signoffreader.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int mostRoles = 12, mostPeople = 20, mostDays = 3660;

class SignOffReader
{
public:
    explicit SignOffReader(ChecklistFields &fields) : m_fields(fields) { }
    void read(Yaml node, SignOffRule &rule);

private:
    void number(Yaml parent, const char *key, int most, int &place);
    void roles(Yaml node, SignOffRule &rule);

    ChecklistFields &m_fields;
};

void SignOffReader::number(Yaml parent, const char *key, int most, int &place)
{
    const Yaml node = parent[key];
    if (!node)
        return;
    const auto value = node.integer();
    if (value && *value >= 1 && *value <= most) {
        place = int(*value);
        return;
    }
    m_fields.lose(node.span(),
                  Text{"`%1` が 1 から %2 までの整数ではありません。", "`%1` is no whole number from 1 to %2."}
                      .arg(key, most),
                  Text{"`%1: 1` のように書いてください。", "Write it like `%1: 1`."}.arg(key));
}

void SignOffReader::roles(Yaml node, SignOffRule &rule)
{
    const Text example{"`- {role: reviewer, title: {ja: …, en: …}}` のように書いてください。",
                       "Write it like `- {role: reviewer, title: {ja: …, en: …}}`."};
    if (!node.isSequence() || node.size() < 1 || node.size() > mostRoles)
        return m_fields.lose(node.span(),
                             Text{"`roles` が 1 から %1 までの並びではありません。",
                                  "`roles` is no list of 1 to %1 entries."}
                                 .arg(mostRoles),
                             example);
    std::vector<SignOffRole> roles;
    for (const Yaml entry : node.items()) {
        m_fields.checkKeys(entry, {"role", "title", "people"});
        SignOffRole role{entry["role"].string(), m_fields.text(entry, "title", false)};
        number(entry, "people", mostPeople, role.people);
        const bool twice = std::ranges::contains(roles, role.role, &SignOffRole::role);
        if (!isRoleName(role.role) || twice)
            return m_fields.lose(
                entry.span(),
                (twice ? Text{"役割 `%1` が二度あります。", "The role `%1` stands there twice."}
                       : Text{"役割の名前 `%1` は使えません。", "`%1` cannot be the name of a role."})
                    .arg(role.role),
                example);
        if (role.title.isEmpty()) {
            const SignOffRole *known = rule.role(role.role);
            role.title = known ? known->title : sameText(role.role);
        }
        roles.push_back(std::move(role));
    }
    rule.roles = std::move(roles);
}

void SignOffReader::read(Yaml node, SignOffRule &rule)
{
    if (!node)
        return;
    if (!node.isMap())
        return m_fields.lose(node.span(), {"`sign-off` を読めません。", "`sign-off` cannot be read."},
                             {"`sign-off: {roles: […], people: 2, valid-days: 180}` のように書いてください。",
                              "Write it like `sign-off: {roles: […], people: 2, valid-days: 180}`."});
    m_fields.checkKeys(node, {"roles", "people", "valid-days"});
    if (node["roles"])
        roles(node["roles"], rule);
    number(node, "people", mostPeople, rule.people);
    number(node, "valid-days", mostDays, rule.validDays);
}

} // namespace

bool isRoleName(const QString &role)
{
    return !role.isEmpty() && role.size() <= 40 && std::ranges::all_of(role, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
    });
}

const SignOffRole *SignOffRule::role(const QString &name) const
{
    const auto found = std::ranges::find(roles, name, &SignOffRole::role);
    return found == roles.end() ? nullptr : &*found;
}

void readSignOff(ChecklistFields &fields, Yaml node, SignOffRule &rule)
{
    SignOffReader(fields).read(node, rule);
}

std::vector<RemovedQuestion> looserThan(const SignOffRule &before, const SignOffRule &now)
{
    std::vector<RemovedQuestion> looser;
    const auto note = [&](const Text &change) { looser.push_back({{}, {}, {"署名", "sign-off"}, change, true}); };
    for (const SignOffRole &role : before.roles) {
        const SignOffRole *kept = now.role(role.role);
        if (!kept)
            note(Text{"%1の署名を外した", "without the signature of: %1"}.arg(role.title));
        else if (kept->people < role.people)
            note(Text{"%1: %2 人 → %3 人", "%1: %2 → %3 people"}.arg(role.title, role.people, kept->people));
    }
    if (now.people < before.people)
        note(Text{"異なる人 %1 人 → %2 人", "different people: %1 → %2"}.arg(before.people, now.people));
    if (now.validDays > before.validDays)
        note(Text{"有効期間 %1 日 → %2 日", "valid for %1 → %2 days"}.arg(before.validDays, now.validDays));
    return looser;
}

} // namespace tenken
