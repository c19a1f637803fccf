// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/expression.h>

#include <rules/expressionscan.h>

// The one file that sees jsoncons' JMESPath, for what it costs to compile.
#include <jsoncons/json.hpp>
#include <jsoncons_ext/jmespath/jmespath.hpp>

#include <algorithm>
#include <exception>

namespace tenken {

namespace {

using Json = jsoncons::json;

constexpr qint64 mostWork = 4'000'000; ///< nodes of the value × how often the expression may copy each
constexpr int deepest = 200;

/// Kubernetes' reading of YAML as JSON. False when it is too large or too deep.
bool convert(Yaml node, Json &json, qint64 &nodesLeft, int depth)
{
    if (--nodesLeft < 0 || depth > deepest)
        return false;
    if (node.isMap()) {
        json = Json(jsoncons::json_object_arg);
        for (const auto &[key, value] : node.entries()) {
            Json member;
            if (!convert(value, member, nodesLeft, depth + 1))
                return false;
            json.insert_or_assign(key.text(), std::move(member));
        }
    } else if (node.isSequence()) {
        json = Json(jsoncons::json_array_arg);
        for (qsizetype i = 0; i < node.size(); ++i) {
            Json element;
            if (!convert(node.at(i), element, nodesLeft, depth + 1))
                return false;
            json.push_back(std::move(element));
        }
    } else if (!node.isScalar()) {
        json = Json::null();
    } else if (const auto integer = node.integer()) {
        json = Json(static_cast<int64_t>(*integer));
    } else if (const auto number = node.number()) {
        json = Json(*number);
    } else if (const auto boolean = node.boolean()) {
        json = Json(*boolean);
    } else {
        json = Json(node.text());
    }
    return true;
}

qsizetype offsetOf(const QByteArray &text, size_t line, size_t column)
{
    qsizetype begin = 0;
    for (size_t i = 1; i < line && begin >= 0; ++i)
        begin = text.indexOf('\n', begin) + 1;
    const qsizetype offset = begin + (column > 0 ? qsizetype(column) - 1 : 0);
    return std::clamp<qsizetype>(offset, 0, text.size());
}

Text wordsOf(const std::error_code &error)
{
    const QString words = QString::fromStdString(error.message());
    return Text{"式を読めません (%1)。", "The expression cannot be read (%1)."}.arg(words);
}

Text typeName(const Json &json)
{
    if (json.is_array())
        return {"配列", "an array"};
    if (json.is_object())
        return {"オブジェクト", "an object"};
    if (json.is_string())
        return {"文字列", "a string"};
    return {"数", "a number"};
}

ExpressionAnswer failed(const Text &why)
{
    return {ExpressionAnswer::Kind::Failed, why};
}

ExpressionAnswer answerOf(const Json &json)
{
    if (json.is_bool())
        return {json.as<bool>() ? ExpressionAnswer::Kind::True : ExpressionAnswer::Kind::False, {}};
    if (json.is_null())
        return {ExpressionAnswer::Kind::Null, {}};
    return {ExpressionAnswer::Kind::Other, typeName(json)};
}

} // namespace

struct Expression::Private {
    jsoncons::jmespath::jmespath_expression<Json> compiled;
    qint64 copies = 1;
};

Expression::Expression() = default;
Expression::~Expression() = default;

std::expected<std::shared_ptr<const Expression>, Expression::Mistake> Expression::compile(const QByteArray &utf8)
{
    const auto scan = scanExpression(utf8);
    if (!scan)
        return std::unexpected(scan.error());
    try {
        auto compiled = jsoncons::jmespath::make_expression<Json>(
            std::string_view(utf8.constData(), static_cast<size_t>(utf8.size())));
        const std::shared_ptr<Expression> expression(new Expression);
        expression->d = std::make_unique<Private>(std::move(compiled), scan->copies);
        return expression;
    } catch (const jsoncons::jmespath::jmespath_error &e) {
        return std::unexpected(Mistake{wordsOf(e.code()), {}, offsetOf(utf8, e.line(), e.column())});
    } catch (const std::exception &e) {
        return std::unexpected(Mistake{Text{"式を読めません (%1)。", "The expression cannot be read (%1)."}.arg(e.what()), {}, 0});
    }
}

ExpressionAnswer Expression::ask(Yaml value) const
{
    try {
        Json json;
        qint64 nodesLeft = mostWork / d->copies;
        if (!convert(value, json, nodesLeft, 0))
            return failed({"オブジェクトが、この式で調べるには大きすぎます。", "The object is too large for this expression."});
        std::error_code error;
        const Json result = d->compiled.evaluate(json, error);
        if (error)
            return failed(Text{"式を計算できません (%1)。", "The expression cannot be evaluated (%1)."}.arg(
                QString::fromStdString(error.message())));
        return answerOf(result);
    } catch (const std::exception &e) {
        return failed(Text{"式を計算できません (%1)。", "The expression cannot be evaluated (%1)."}.arg(e.what()));
    }
}

} // namespace tenken
