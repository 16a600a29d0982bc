using System.Reflection;

namespace Waybill.StandIns.Messaging.Tests.PublicApi;

/// <summary>
/// The public and protected surface of an assembly, one line per type, per base of it, and per member that the assembly itself declares.
/// </summary>
internal static class PublicMembers
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly)
        => assembly.GetExportedTypes().SelectMany(Of).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Of(Type type)
        => type.GetMembers(Declared)
            .Where(IsVisible)
            .Select(member => $"{NameOf(type)}.{Describe(member)}")
            .Concat(BasesOf(type).Select(parent => $"{NameOf(type)} : {NameOf(parent)}"))
            .Append($"{KindOf(type)} {NameOf(type)}");

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            && (!method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisibleAccessor),
        _ => false,
    };

    private static bool IsVisibleAccessor(MethodInfo accessor) => accessor.IsPublic || accessor.IsFamily || accessor.IsFamilyOrAssembly;

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"ctor({ParametersOf(constructor)})",
        MethodInfo method => $"{method.Name}{GenericsOf(method)}({ParametersOf(method)}) -> {NameOf(method.ReturnType)}",
        PropertyInfo property => $"{property.Name} -> {NameOf(property.PropertyType)}{AccessorsOf(property)}",
        FieldInfo field => $"{field.Name} -> {NameOf(field.FieldType)}",
        _ => throw new ArgumentOutOfRangeException(nameof(member), member, "unknown kind of member"),
    };

    private static string AccessorsOf(PropertyInfo property)
    {
        var get = property.GetMethod is { } getter && IsVisibleAccessor(getter) ? " get" : "";
        var set = property.SetMethod is { } setter && IsVisibleAccessor(setter) ? " set" : "";

        return get + set;
    }

    private static string ParametersOf(MethodBase method)
        => string.Join(", ", method.GetParameters().Select(parameter =>
            $"{NameOf(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? "=" : "")}"));

    private static string GenericsOf(MethodInfo method)
        => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";

    private static string KindOf(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    /// <summary>Without the internal ones, which nobody else can name.</summary>
    private static IEnumerable<Type> BasesOf(Type type)
    {
        IEnumerable<Type> bases = type.BaseType is { } parent && parent != typeof(object) ? [parent, .. type.GetInterfaces()] : type.GetInterfaces();

        return bases.Where(candidate => candidate.IsVisible);
    }

    private static string NameOf(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (!type.IsGenericType)
        {
            return type.FullName ?? type.Name;
        }

        var definition = type.GetGenericTypeDefinition().FullName!;

        return $"{definition[..definition.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
    }
}
