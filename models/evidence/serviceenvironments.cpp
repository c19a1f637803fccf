// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>
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
    if (maskSecrets(text) != text) {
        fields.report(field.node, {"URL に鍵らしい値が書かれています", "the URL holds what looks like a key"},
                      {"ヘッダーか `send` に、環境変数で書いてください", "put it in a header or in `send`, as an environment variable"});
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

/// Secrets in the body are named by environment variables as well; what looks like one is not taken.
QString readSend(ServiceFields &fields, Yaml node)
{
    constexpr qsizetype longest = 64 * 1024;
    const Field field = part(node, "send", "send: '{\"token\": \"${SMOKE_TOKEN}\"}'");
    const QString text = fields.text(field);
    if (text.size() <= longest && maskSecrets(text) == text)
        return text;
    fields.report(field.node, // the value is not shown: it may be the secret itself
                  text.size() > longest ? Text{"`send` は 64 KiB までです", "`send` is at most 64 KiB long"}
                                        : Text{"`send` に鍵らしい値が書かれています", "`send` holds what looks like a key"},
                  Text{"例: `%1`", "for example `%1`"}.arg(field.example));
    return {};
}

std::optional<std::pair<int, int>> statusRange(const QString &word)
{
    static const QRegularExpression expression(QStringLiteral("^([1-5])(?:xx|(\\d\\d))$"), QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = expression.match(word);
    if (!match.hasMatch())
        return {};
    const int base = match.captured(1).toInt() * 100;
    return match.hasCaptured(2) ? std::pair(word.toInt(), word.toInt()) : std::pair(base, base + 99);
}

/// 200, [200, 204], 2xx or [2xx, 304].
WantedStatus readStatus(ServiceFields &fields, Yaml node)
{
    const Field field = part(node, "status", "status: [200, 204]");
    WantedStatus wanted;
    if (ServiceFields::isUnset(field.node))
        return wanted;
    wanted.ranges.clear();
    const std::vector<Yaml> items = field.node.isSequence() ? field.node.items() : std::vector{field.node};
    for (const Yaml item : items) {
        const auto range = item.isScalar() && wanted.ranges.size() < 50 ? statusRange(item.string().trimmed()) : std::nullopt;
        if (!range) {
            wanted.ranges.clear();
            break;
        }
        wanted.ranges.push_back(*range);
    }
    if (wanted.ranges.empty())
        fields.wrong(field, {" 100 から 599 までの整数、2xx のような組、またはその並び",
                             "a whole number from 100 to 599, a class such as 2xx, or a list of them"});
    return wanted;
}

/// What an environment variable holds may be a secret, and a secret goes over TLS or stays on this machine.
void checkTransport(ServiceFields &fields, Yaml node, const SmokeRequest &request)
{
    const QUrl url(request.url);
    if (url.scheme() != u"http" || isLoopback(url) || request.variables().isEmpty())
        return;
    fields.report(node["url"], {"環境変数の値を、暗号化せずに送ることになります", "what an environment variable holds would be sent unencrypted"},
                  {"https:// の URL にしてください (このマシンの中だけは http:// でも送れます)",
                   "use an https:// URL (http:// is for this machine alone)"});
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
                     QStringLiteral("send"), QStringLiteral("body"), QStringLiteral("seconds"), QStringLiteral("follow-redirects"),
                     QStringLiteral("probe")}))
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
    request.send = readSend(fields, node);
    request.status = readStatus(fields, node);
    const Field body = part(node, "body", "body: '\"status\": *\"ok\"'");
    request.bodyPattern = fields.text(body);
    if (const QRegularExpression pattern(request.bodyPattern); !pattern.isValid() || request.bodyPattern.size() > 1'000)
        fields.wrong(body, Text{"正規表現 (%1)", "a regular expression (%1)"}.arg(pattern.errorString()));
    const Field seconds = part(node, "seconds", "seconds: 5");
    request.seconds = fields.positive(seconds).value.value_or(5);
    if (request.seconds > 300)
        fields.wrong(seconds, {" 300 までの秒数", "a number of seconds up to 300"});
    request.probe = readWord(fields, part(node, "probe", "probe: liveness"), {QStringLiteral("liveness"), QStringLiteral("readiness")});
    request.followRedirects = fields.boolean(part(node, "follow-redirects", "follow-redirects: true")).value.value_or(false);
    checkTransport(fields, node, request);
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
    } else if (fields.map({node, QStringLiteral("environments[]"), environmentExample}, {QStringLiteral("id"), QStringLiteral("parallel"), QStringLiteral("smoke")})) {
        environment.id = fields.text({node["id"], QStringLiteral("environments[].id"), QStringLiteral("id: production")});
        const Field parallel{node["parallel"], QStringLiteral("environments[].parallel"), QStringLiteral("parallel: 4")};
        constexpr int most = 16;
        environment.parallel = fields.whole(parallel, 1).value.value_or(environment.parallel);
        if (environment.parallel > most) {
            fields.wrong(parallel, Text{" 1 から %1 までの整数", "a whole number from 1 to %1"}.arg(most));
            environment.parallel = most;
        }
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
