using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace StandIns.Aspire.Tests;

/// <summary>The public surface of an assembly, a line for each thing that code outside can name.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))
        .SelectMany(Lines);

    private static IEnumerable<string> Lines(Type type)
    {
        var name = TypeNames.Declared(type);
        var members = type.IsEnum ? EnumValues(type) : Members(type);

        return members
            .Select(member => $"{name}: {member}")
            .Concat(type.GetInterfaces().Where(IsOurs).Select(contract => $"{name} implements {TypeNames.Of(contract)}"))
            .Prepend($"{Kind(type)} {name}{Constraints(type.GetGenericArguments())}");
    }

    private static IEnumerable<string> EnumValues(Type type) => Enum.GetNames(type)
        .Select(value => $"{value} = {Convert.ToInt32(Enum.Parse(type, value), CultureInfo.InvariantCulture)}");

    private static IEnumerable<string> Members(Type type) =>
        type.GetConstructors(Declared).Select(constructor => $"new({Parameters(constructor)})")
            .Concat(type.GetFields(Declared).Select(field => $"{TypeNames.Of(field)} {field.Name}"))
            .Concat(type.GetProperties(Declared).SelectMany(Accessors))
            .Concat(type.GetMethods(Declared).Where(IsWritten).Select(Signature));

    private static IEnumerable<string> Accessors(PropertyInfo property)
    {
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var declaration = $"{required}{TypeNames.Of(property)} {property.Name}";

        if (property.GetMethod is { IsPublic: true } getter)
        {
            yield return $"{Static(getter)}{declaration} {{ get }}";
        }

        if (property.SetMethod is { IsPublic: true } setter)
        {
            var isInit = setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
            yield return $"{Static(setter)}{declaration} {{ {(isInit ? "init" : "set")} }}";
        }
    }

    private static string Signature(MethodInfo method)
    {
        var generic = method.GetGenericArguments();
        var name = generic.Length == 0 ? method.Name : $"{method.Name}<{string.Join(", ", generic.Select(argument => argument.Name))}>";
        return $"{Static(method)}{TypeNames.Of(method.ReturnParameter)} {name}({Parameters(method)}){Constraints(generic)}";
    }

    private static string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute));
        var parameters = string.Join(", ", method.GetParameters().Select(Parameter));
        return isExtension ? $"this {parameters}" : parameters;
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) => "params ",
            _ => "",
        };

        var defaultValue = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "";
        return $"{prefix}{TypeNames.Of(parameter)} {parameter.Name}{defaultValue}";
    }

    private static string Constraints(IEnumerable<Type> arguments) =>
        string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(Constraints));

    private static string Constraints(Type argument)
    {
        var attributes = argument.GenericParameterAttributes;
        var parts = argument.GetGenericParameterConstraints().Select(TypeNames.Of).Order().ToList();

        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Insert(0, "class");
        }

        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", parts)}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    /// <summary>Accessors are listed with their property; what the compiler adds to records follows from their being records.</summary>
    private static bool IsWritten(MethodInfo method) =>
        !method.IsDefined(typeof(CompilerGeneratedAttribute))
        && method.GetBaseDefinition().DeclaringType == method.DeclaringType
        && !(method.IsSpecialName && method.Name[..4] is "get_" or "set_");

    private static bool IsOurs(Type contract) => contract.Namespace?.StartsWith("Aspire", StringComparison.Ordinal) == true;
}
