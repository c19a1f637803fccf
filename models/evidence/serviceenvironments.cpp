// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/servicereader.h>

#include <QRegularExpression>
#include <QUrl>

namespace tenken {

namespace {

const QString requestPath = QStringLiteral("environments[].smoke[]");
const QString requestExample = QStringLiteral("- {id: health, url: \"https://id-auth.example.com/healthz\"}");
const QString environmentExample = QStringLiteral("- {id: production, smoke: [{id: health, url: \"https://id-auth.example.com/healthz\"}]}");

Field part(Yaml node, const char *key, const char *example)
{
    return {node[key], requestPath + u'.' + QLatin1StringView(key), QString::fromUtf8(example)};
}

/// An absolute URL of HTTP, without a password in it.
QString readUrl(ServiceFields &fields, Yaml node)
{
    const Field field = part(node, "url", "url: \"https://id-auth.example.com/healthz\"");
    const QString text = fields.text(field);
    if (text.isEmpty())
        return {};
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"https" && url.scheme() != u"http")) {
        fields.wrong(field, {" https:// か http:// で始まる URL ", "a URL that begins with https:// or http://"});
        return {};
    }
    if (!url.userInfo().isEmpty()) {
        fields.report(field.node, {"URL に名前とパスワードが書かれています", "the URL holds a user name or password"},
                      {"`headers: {Authorization: \"Basic ${SMOKE_BASIC}\"}` のように、環境変数から渡してください",
                       "pass it from an environment variable, as in `headers: {Authorization: \"Basic ${SMOKE_BASIC}\"}`"});
        return {};
    }
    return text;
}

bool isSecretHeader(const QString &name)
{
    static const QRegularExpression secret(QStringLiteral("auth|cookie|token|secret|key|password|session|credential"),
                                           QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch();
}

/// A secret belongs into the environment, so a header that carries one may hold nothing but a reference and its scheme.
bool isAllowedValue(const QString &name, const QString &value)
{
    static const QRegularExpression reference(QStringLiteral("^(?:(?:Bearer|Basic|Token|ApiKey) )?\\$\\{[A-Za-z_][A-Za-z0-9_]{0,127}\\}$"));
    if (isSecretHeader(name))
        return reference.match(value).hasMatch();
    return value.size() <= 1'000 && !value.contains(QRegularExpression(QStringLiteral("[\\x00-\\x08\\x0a-\\x1f\\x7f]")));
}

QMap<QString, QString> readHeaders(ServiceFields &fields, Yaml node)
{
    const char *example = "headers: {Authorization: \"Bearer ${SMOKE_TOKEN}\"}";
    const Field field = part(node, "headers", example);
    QMap<QString, QString> headers;
    if (ServiceFields::isUnset(field.node))
        return headers;
    if (!field.node.isMap()) {
        fields.wrong(field, {"「名前: 値」の組", "a map of names and values"});
        return headers;
    }
    static const QRegularExpression token(QStringLiteral("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$"));
    for (const auto &[key, value] : field.node.entries()) {
        const QString name = key.string();
        if (!token.match(name).hasMatch())
            fields.report(key, Text{"「%1」はヘッダーの名前になりません", "“%1” is no name of a header"}.arg(name.left(60)),
                          Text{"例: `%1`", "for example `%1`"}.arg(example));
        else if (!value.isScalar() || !isAllowedValue(name, value.string()))
            fields.report(value, // the value is not shown: it may be the secret itself
                          isSecretHeader(name) && value.isScalar()
                              ? Text{"ヘッダー `%1` の値は、環境変数の名前で書きます", "the value of header `%1` is named by an environment variable"}.arg(name)
                              : Text{"ヘッダー `%1` の値は1行の文字列です", "the value of header `%1` is a text of one line"}.arg(name),
                          Text{"例: `%1`", "for example `%1`"}.arg(example));
        else if (headers.size() < 50)
            headers.insert(name, value.string());
    }
    return headers;
}

QString readWord(ServiceFields &fields, const Field &field, const QStringList &allowed)
{
    const QString word = fields.text(field);
    if (word.isEmpty() || allowed.contains(word))
        return word;
    fields.wrong(field, Text{" %1 のどれか", "one of %1"}.arg(allowed.join(QStringLiteral(", "))));
    return {};
}

/// What is wrong in a request leaves it out: half a request would show less than people think.
std::optional<SmokeRequest> readRequest(ServiceFields &fields, Yaml node)
{
    const size_t before = fields.errors.size();
    SmokeRequest request;
    request.span = node.span();
    if (!fields.map({node, requestPath, requestExample},
                    {QStringLiteral("id"), QStringLiteral("url"), QStringLiteral("method"), QStringLiteral("headers"), QStringLiteral("status"),
                     QStringLiteral("body"), QStringLiteral("seconds"), QStringLiteral("probe")}))
        return {};
    request.id = fields.text(part(node, "id", "id: health"));
    request.url = readUrl(fields, node);
    if (fields.errors.size() == before && (request.id.isEmpty() || request.url.isEmpty()))
        fields.report(node, {"要求には `id` と `url` が要ります", "a request has an `id` and a `url`"},
                      Text{"例: `%1`", "for example `%1`"}.arg(requestExample));
    const QString method = readWord(fields, part(node, "method", "method: POST"),
                                    {QStringLiteral("GET"), QStringLiteral("HEAD"), QStringLiteral("POST"), QStringLiteral("PUT"),
                                     QStringLiteral("PATCH"), QStringLiteral("DELETE"), QStringLiteral("OPTIONS")});
    if (!method.isEmpty())
        request.method = method;
    request.headers = readHeaders(fields, node);
    const Field status = part(node, "status", "status: 200");
    request.status = fields.whole(status, 100).value.value_or(200);
    if (request.status > 599)
        fields.wrong(status, {" 100 から 599 までの整数", "a whole number from 100 to 599"});
    const Field body = part(node, "body", "body: '\"status\": *\"ok\"'");
    request.bodyPattern = fields.text(body);
    if (const QRegularExpression pattern(request.bodyPattern); !pattern.isValid() || request.bodyPattern.size() > 1'000)
        fields.wrong(body, Text{"正規表現 (%1)", "a regular expression (%1)"}.arg(pattern.errorString()));
    const Field seconds = part(node, "seconds", "seconds: 5");
    request.seconds = fields.positive(seconds).value.value_or(5);
    if (request.seconds > 300)
        fields.wrong(seconds, {" 300 までの秒数", "a number of seconds up to 300"});
    request.probe = readWord(fields, part(node, "probe", "probe: liveness"), {QStringLiteral("liveness"), QStringLiteral("readiness")});
    if (fields.errors.size() > before)
        return {};
    return request;
}

ServiceEnvironment readEnvironment(ServiceFields &fields, Yaml node)
{
    ServiceEnvironment environment;
    environment.span = node.span();
    if (node.isScalar()) {
        environment.id = node.string().trimmed();
    } else if (fields.map({node, QStringLiteral("environments[]"), environmentExample}, {QStringLiteral("id"), QStringLiteral("smoke")})) {
        environment.id = fields.text({node["id"], QStringLiteral("environments[].id"), QStringLiteral("id: production")});
        QStringList ids;
        for (const Yaml item : fields.list({node["smoke"], QStringLiteral("environments[].smoke"), requestExample})) {
            std::optional<SmokeRequest> request = readRequest(fields, item);
            if (!request)
                continue;
            fields.repeated(item, request->id, ids);
            environment.smoke.push_back(*std::move(request));
        }
    }
    return environment;
}

} // namespace

void readEnvironments(ServiceFields &fields, Yaml node, Service &service)
{
    const std::vector<Yaml> items = fields.list({node, QStringLiteral("environments"), environmentExample});
    if (!node.isSequence())
        return;
    std::vector<ServiceEnvironment> environments;
    QStringList ids;
    for (const Yaml item : items) {
        ServiceEnvironment environment = readEnvironment(fields, item);
        if (environment.id.isEmpty()) {
            if (!item.isSequence())
                fields.report(item, {"環境には `id` が要ります", "an environment has an `id`"}, Text{"例: `%1`", "for example `%1`"}.arg(environmentExample));
            environment.id = QStringLiteral("?"); // still one to be judged
        }
        fields.repeated(item, environment.id, ids);
        environments.push_back(std::move(environment));
    }
    service.environments = {std::move(environments), node.span()};
}

} // namespace tenken
