/** Networks that change a checkpoint's weights: LoRA and its kin, laid over the file that they are for. */
package gesso.weights.lora;
