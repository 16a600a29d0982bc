using System.Collections.Concurrent;

namespace Waybill.Simulation.Table;

/// <summary>
/// The part of DynamoDB's expression language that the services use. Anything else is an error, never ignored.
/// Parsed expressions are kept, as the same few come again and again.
/// </summary>
internal static class ExpressionParser
{
    private static readonly ConcurrentDictionary<string, Expression> Conditions = new();
    private static readonly ConcurrentDictionary<string, UpdateExpression> Updates = new();
    private static readonly string[] Comparisons = ["=", "<>", "<", "<=", ">", ">="];

    public static Expression Condition(string text) => Conditions.GetOrAdd(text, ParseCondition);

    public static UpdateExpression Update(string text) => Updates.GetOrAdd(text, ParseUpdate);

    private static Expression ParseCondition(string text)
    {
        var tokens = new ExpressionTokens(text);
        var condition = Or(tokens);
        ExpectEnd(tokens);
        return condition;
    }

    private static UpdateExpression ParseUpdate(string text)
    {
        var tokens = new ExpressionTokens(text);
        var sets = new List<Assignment>();
        var removes = new List<string>();

        while (tokens.Peek is not null)
        {
            if (tokens.TakeIf("SET"))
            {
                List(tokens, () => sets.Add(Assignment(tokens)));
            }
            else
            {
                tokens.Expect("REMOVE");
                List(tokens, () => removes.Add(tokens.Take()));
            }
        }

        return new UpdateExpression(sets, removes);
    }

    private static void List(ExpressionTokens tokens, Action readOne)
    {
        do
        {
            readOne();
        }
        while (tokens.TakeIf(","));
    }

    private static Assignment Assignment(ExpressionTokens tokens)
    {
        var name = tokens.Take();
        tokens.Expect("=");
        return new Assignment(name, Sum(tokens));
    }

    private static Expression Or(ExpressionTokens tokens)
    {
        var left = And(tokens);

        while (tokens.TakeIf("OR"))
        {
            left = new Expression.Binary("OR", left, And(tokens));
        }

        return left;
    }

    private static Expression And(ExpressionTokens tokens)
    {
        var left = Not(tokens);

        while (tokens.TakeIf("AND"))
        {
            left = new Expression.Binary("AND", left, Not(tokens));
        }

        return left;
    }

    private static Expression Not(ExpressionTokens tokens) =>
        tokens.TakeIf("NOT") ? new Expression.Not(Not(tokens)) : Comparison(tokens);

    private static Expression Comparison(ExpressionTokens tokens)
    {
        if (tokens.TakeIf("("))
        {
            var inner = Or(tokens);
            tokens.Expect(")");
            return inner;
        }

        var left = Operand(tokens);

        if (tokens.TakeIf("IN"))
        {
            var values = new List<Expression>();
            tokens.Expect("(");
            List(tokens, () => values.Add(Operand(tokens)));
            tokens.Expect(")");
            return new Expression.In(left, values);
        }

        if (tokens.TakeIf("BETWEEN"))
        {
            var lowest = Operand(tokens);
            tokens.Expect("AND");
            return new Expression.Binary("AND", new Expression.Binary(">=", left, lowest), new Expression.Binary("<=", left, Operand(tokens)));
        }

        return Comparisons.Contains(tokens.Peek) ? new Expression.Binary(tokens.Take(), left, Operand(tokens)) : left;
    }

    private static Expression Sum(ExpressionTokens tokens)
    {
        var left = Operand(tokens);
        return tokens.Peek is "+" or "-" ? new Expression.Binary(tokens.Take(), left, Operand(tokens)) : left;
    }

    private static Expression Operand(ExpressionTokens tokens)
    {
        var token = tokens.Take();

        if (token.StartsWith(':'))
        {
            return new Expression.Value(token);
        }

        if (!tokens.TakeIf("("))
        {
            return new Expression.Attribute(token);
        }

        var arguments = new List<Expression>();
        List(tokens, () => arguments.Add(Operand(tokens)));
        tokens.Expect(")");
        return new Expression.Call(token, arguments);
    }

    private static void ExpectEnd(ExpressionTokens tokens)
    {
        if (tokens.Peek is { } rest)
        {
            throw TableErrors.Validation($"Invalid expression: '{rest}' was not expected.");
        }
    }
}
