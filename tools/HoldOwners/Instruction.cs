using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace AdversarialKit.HoldOwners;

/// <summary>One instruction of a method: its opcode, the bytes of its operand, and where it may jump to.</summary>
internal sealed record Instruction(int Offset, OpCode Code, byte[] Operand, int[] Targets)
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>The token in the operand of a call or of an access to a field.</summary>
    public int Token => BinaryPrimitives.ReadInt32LittleEndian(Operand);

    public static List<Instruction> ReadAll(ReadOnlySpan<byte> il)
    {
        var all = new List<Instruction>();
        for (var at = 0; at < il.Length;)
        {
            var start = at;
            var code = il[at] == 0xFE ? Codes[0xFE00 | il[at + 1]] : Codes[il[at]];
            at += code.Size;
            var length = OperandLength(code, il[at..]);
            var operand = il.Slice(at, length).ToArray();
            at += length;
            all.Add(new Instruction(start, code, operand, TargetsOf(code, operand, at)));
        }

        return all;
    }

    private static int OperandLength(OpCode code, ReadOnlySpan<byte> rest) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(rest)),
        _ => 4,
    };

    private static int[] TargetsOf(OpCode code, byte[] operand, int next) => code.OperandType switch
    {
        OperandType.ShortInlineBrTarget => [next + (sbyte)operand[0]],
        OperandType.InlineBrTarget => [next + BinaryPrimitives.ReadInt32LittleEndian(operand)],
        OperandType.InlineSwitch => [.. Enumerable.Range(1, (operand.Length / 4) - 1)
            .Select(i => next + BinaryPrimitives.ReadInt32LittleEndian(operand.AsSpan(4 * i)))],
        _ => [],
    };
}
